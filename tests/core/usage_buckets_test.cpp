// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "model/core/usage_buckets.h"

using namespace plumbline;

/// What sources say of usage, as disjoint buckets. Cases after Langfuse's own normalisation tests and the API
/// references of OpenAI, Anthropic and Google.
class UsageBucketsTest : public QObject
{
    Q_OBJECT

private slots:
    void bucketsAreDisjoint_data();
    void bucketsAreDisjoint();
    void bucketsNeverExceedTheTotalThatDecidedThem();
    void orderOfNamesDoesNotMatter();
};

void UsageBucketsTest::bucketsAreDisjoint_data()
{
    QTest::addColumn<QString>("reported"); // name count, …
    QTest::addColumn<QString>("buckets");  // uncached read write5m write1h | visible reasoning
    const auto row = [](const char* title, const char* reported, const char* buckets) {
        QTest::newRow(title) << QString::fromUtf8(reported) << QString::fromUtf8(buckets);
    };
    row("chat completion, audio and cache inside",
        "prompt_tokens 5, completion_tokens 11, total_tokens 16, prompt_tokens_details.cached_tokens 2, "
        "prompt_tokens_details.audio_tokens 3, completion_tokens_details.text_tokens 3, "
        "completion_tokens_details.audio_tokens 4, completion_tokens_details.reasoning_tokens 4",
        "3 2 - - | 7 4");
    row("responses",
        "input_tokens 5, output_tokens 11, total_tokens 16, input_tokens_details.cached_tokens 2, "
        "output_tokens_details.reasoning_tokens 4",
        "3 2 - - | 7 4");
    row("as Langfuse stores them",
        "input 3, output 4, total 16, input_cached_tokens 2, output_text_tokens 3, output_reasoning_tokens 4",
        "3 2 - - | 7 4");
    row("a gateway's total of totals",
        "prompt_tokens 17903, completion_tokens 188, total_tokens 18091, "
        "prompt_tokens_details.cached_tokens 17817, total 36182",
        "86 17817 - - | 188 -");
    row("overlapping, told by the total", "input 17903, input_cached_tokens 17817, output 188, total 18091",
        "86 17817 - - | 188 -");
    row("disjoint without a total", "input 1, cached 2, reasoning 3", "1 2 - - | - 3");
    row("disjoint, cache larger than the input", "input 5, input_cached_tokens 900, output 7", "5 900 - - | 7 -");
    row("old spelling", "promptTokens 10, completionTokens 5, totalTokens 15", "10 - - - | 5 -");
    row("Anthropic with lifetimes",
        "input_tokens 500, output_tokens 200, cache_read_input_tokens 1500, cache_creation_input_tokens 3000, "
        "cache_creation.ephemeral_5m_input_tokens 2000, cache_creation.ephemeral_1h_input_tokens 1000",
        "500 1500 2000 1000 | 200 -");
    row("Anthropic, one lifetime unstated",
        "input_tokens 500, output_tokens 200, cache_creation_input_tokens 3000, "
        "cache_creation.ephemeral_1h_input_tokens 1000",
        "500 - 2000 1000 | 200 -");
    row("Bedrock as Langfuse stores it",
        "input 1152, output 178, total 10394, input_cache_read 4482, input_cache_write 0, input_cache_creation 100",
        "1152 4482 100 - | 178 -");
    row("reasoning inside", "input 100, output 60, total 160, output_reasoning_tokens 25", "100 - - - | 35 25");
    row("reasoning outside", "input 100, output 35, total 160, output_reasoning_tokens 25", "100 - - - | 35 25");
    row("both inside", "input 100, input_cached_tokens 40, output 60, output_reasoning_tokens 25, total 160",
        "60 40 - - | 35 25");
    row("input and total alone", "input 10, total 15", "10 - - - | 5 -");
    row("total alone says nothing", "total 100", "- - - - | - -");
    row("output alone", "output 7", "- - - - | 7 -");
    row("zeros", "input 0, output 0, total 0", "- - - - | - -");
    row("a zero beside a figure is a zero", "input 10, output 0, input_cached_tokens 0, total 10", "10 0 - - | 0 -");
    row("names nobody knows", "images 4, seconds 3", "- - - - | - -");
}

namespace {

std::vector<std::pair<std::string, TokenCount>> reportedFrom(const QString& text)
{
    std::vector<std::pair<std::string, TokenCount>> reported;
    for (const QString& part : text.split(QStringLiteral(", ")))
        reported.emplace_back(part.section(' ', 0, 0).toStdString(), part.section(' ', 1, 1).toLongLong());
    return reported;
}

UsageBuckets bucketsOf(const std::vector<std::pair<std::string, TokenCount>>& reported)
{
    return bucketsFrom(std::vector<std::pair<std::string_view, TokenCount>>(reported.begin(), reported.end()), {});
}

} // namespace

void UsageBucketsTest::bucketsAreDisjoint()
{
    QFETCH(QString, reported);
    QFETCH(QString, buckets);
    const Usage usage = bucketsOf(reportedFrom(reported)).usage;
    const auto text = [](const std::optional<TokenCount>& tokens) {
        return tokens ? QString::number(*tokens) : QStringLiteral("-");
    };
    QCOMPARE(
        QStringList({text(usage.uncachedInput), text(usage.cacheRead), text(usage.cacheWrite5m),
                     text(usage.cacheWrite1h), QStringLiteral("|"), text(usage.visibleOutput), text(usage.reasoning)})
            .join(' '),
        buckets);
}

void UsageBucketsTest::bucketsNeverExceedTheTotalThatDecidedThem()
{
    // Any honest report, inclusive or exclusive: with a total the buckets come out as they were.
    for (int bits = 0; bits < 4; ++bits) {
        for (const TokenCount uncached : {0, 1, 86, 5000}) {
            for (const TokenCount cached : {0, 1, 86, 9000}) {
                for (const TokenCount visible : {0, 1, 300}) {
                    for (const TokenCount reasoning : {0, 1, 400}) {
                        const TokenCount total = uncached + cached + visible + reasoning;
                        // Below a hundred tokens a percent of tolerance is less than a token; above it may decide.
                        if (total == 0)
                            continue;
                        const Usage usage = bucketsOf({{"input", uncached + (bits & 1 ? cached : 0)},
                                                       {"input_cached_tokens", cached},
                                                       {"output", visible + (bits & 2 ? reasoning : 0)},
                                                       {"output_reasoning_tokens", reasoning},
                                                       {"total", total}})
                                                .usage;
                        QCOMPARE(usage.input().value_or(0) + usage.output().value_or(0), total);
                        // One reading only fits, unless both parts are as large.
                        if (cached != reasoning) {
                            QCOMPARE(usage.uncachedInput.value_or(0), uncached);
                            QCOMPARE(usage.visibleOutput.value_or(0), visible);
                        }
                    }
                }
            }
        }
    }
}

void UsageBucketsTest::orderOfNamesDoesNotMatter()
{
    auto reported = reportedFrom(QStringLiteral("cache_read_input_tokens 1500, cache_creation_input_tokens 3000, "
                                                "input_tokens 500, output_tokens 200, total 5200"));
    std::sort(reported.begin(), reported.end());
    const UsageBuckets expected = bucketsOf(reported);
    do
        QVERIFY(bucketsOf(reported) == expected);
    while (std::next_permutation(reported.begin(), reported.end()));
}

QTEST_APPLESS_MAIN(UsageBucketsTest)
#include "usage_buckets_test.moc"
