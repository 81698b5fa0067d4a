// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/workspace.h"

#include <QRegularExpression>

#include <algorithm>

#include "otlp_cases.h"

using namespace plumbline;
using plumbline::test::TemporaryWorkspace;
namespace cases = plumbline::test::otlp;
using cases::withQuotes;

/// Messages that log records tell, apart from the span they belong to.
class OtlpLogsTest : public QObject
{
    Q_OBJECT

private slots:
    void messagesOfOnePromptComeInSeveralRequests();
};

void OtlpLogsTest::messagesOfOnePromptComeInSeveralRequests()
{
    const auto said = [](const char* name, const char* text, int second) {
        std::string record = cases::logRecord(name, {}, withQuotes("{'stringValue':'" + std::string(text) + "'}"));
        return cases::logs(record.replace(record.find("1787220000"), 10, std::to_string(1'787'220'000LL + second)));
    };
    const std::string call = cases::request(cases::span("chat", {{"gen_ai.operation.name", "chat"},
                                                                 {"gen_ai.request.model", "gpt-4o-mini"},
                                                                 {"gen_ai.usage.input_tokens", "30"},
                                                                 {"gen_ai.usage.output_tokens", "4"}}));
    std::vector<std::string> posts = {call, said("gen_ai.system.message", "Be brief.", 0),
                                      said("gen_ai.user.message", "Hi", 1), said("gen_ai.assistant.message", "Yes?", 2),
                                      said("gen_ai.user.message", "Where am I?", 3)};
    const std::vector<std::string> told(posts.begin() + 1, posts.end());
    std::sort(posts.begin(), posts.end());
    int order = 0;
    do {
        constexpr int every = 7; // of all orders
        if (order++ % every != 0)
            continue;
        const TemporaryWorkspace workspace;
        for (std::size_t i = 0; i < posts.size(); ++i)
            QVERIFY(workspace.import({workspace.write(std::to_string(i) + ".json", posts[i])}));
        // The same messages by another source, cut otherwise, and some sent again among others: a client got no answer.
        const auto both = [&](const std::string& one, const std::string& other) {
            const auto records = [](const std::string& post) {
                const std::size_t begin = post.find("\"logRecords\":[") + 14;
                return post.substr(begin, post.rfind("]}]}]}") - begin);
            };
            return cases::logs(records(one) + "," + records(other));
        };
        QVERIFY(workspace.import({workspace.write("again.jsonl", both(told[0], told[1]) + "\n" + told[0] + "\n" +
                                                                     told[2] + "\n" + told[3])}));
        const auto queries = workspace.queries();
        const PromptAnswer prompt = *queries->promptOf(*queries->callNamed(cases::spanId, StopToken()), StopToken());
        QStringList texts;
        for (const PromptBlock& block : prompt.blocks)
            texts += block.text ? QString::fromStdString(*block.text) : QStringLiteral("-");
        QCOMPARE(texts.filter(QRegularExpression(QStringLiteral("[^-]"))).join(u'|'),
                 QStringLiteral("Be brief.|Hi|Yes?|Where am I?"));
    } while (std::next_permutation(posts.begin(), posts.end()));
}

QTEST_GUILESS_MAIN(OtlpLogsTest)
#include "otlp_logs_test.moc"
