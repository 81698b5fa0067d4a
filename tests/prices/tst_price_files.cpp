// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <map>

#include "model/prices/foreign_prices.h"
#include "price_questions.h"
#include "resources/prices/embedded.h"

using namespace plumbline;
using namespace plumbline::questions;

namespace {

QString errorOf(std::string_view text)
{
    const auto file = readPriceFile(text);
    return file ? QStringLiteral("read") : qt(file.error().text());
}

/// What is wrong with a file of one model.
QString errorOfModel(const std::string& model)
{
    return errorOf(R"({"provider": "p", "book_date": "2026-01-02", "models": [)" + model + "]}");
}

} // namespace

/// The files prices come in: ours, and those of LiteLLM and Langfuse.
class PriceFilesTest : public QObject
{
    Q_OBJECT

private slots:
    void theBuiltInFilesHoldAllModels()
    {
        std::map<std::string, std::pair<int, int>> counts;
        for (const resources::EmbeddedFile& embedded : resources::priceFiles()) {
            const auto file = readPriceFile(embedded.text);
            QVERIFY2(file, file ? "" : file.error().text().c_str());
            QCOMPARE(file->provider + ".json", std::string(embedded.name));
            auto& [models, rows] = counts[file->provider];
            for (const PricedModel& model : file->models) {
                ++models;
                rows += static_cast<int>(model.rows.size());
            }
        }
        // Counted in the lists they come from, with the corrected rows that the notes of the files tell.
        const std::map<std::string, std::pair<int, int>> expected = {
            {"anthropic", {23, 25}}, {"aws", {93, 97}},    {"azure", {20, 20}}, {"cohere", {9, 9}},
            {"deepseek", {7, 19}},   {"google", {52, 55}}, {"groq", {29, 29}},  {"mistral", {34, 38}},
            {"openai", {90, 94}},    {"x-ai", {18, 18}},
        };
        for (const auto& [provider, count] : expected)
            QVERIFY2(
                counts[provider] == count,
                qPrintable(
                    qt(provider) +
                    QStringLiteral(": %1 models, %2 rows").arg(counts[provider].first).arg(counts[provider].second)));
        QCOMPARE(counts.size(), expected.size());
    }

    void everyModelIsFoundByItsOwnId()
    {
        for (const PricedModel& model : builtIn().models())
            QCOMPARE(found(builtIn(), model.id, model.provider), qt(model.provider + "/" + model.id));
    }

    void everyListedRateIsWholePicodollars()
    {
        for (const PricedModel& model : builtIn().models())
            for (const PriceRow& row : model.rows)
                for (const auto price : {row.terms.prices.input, row.terms.prices.output, row.terms.prices.cacheRead})
                    QVERIFY2(price.value_or(Money()).picodollars() % 1'000'000 == 0, model.id.c_str());
    }

    void longContextAndCachesAreNeverCheaperThanTheyCanBe()
    {
        for (const PricedModel& model : builtIn().models()) {
            for (const PriceRow& row : model.rows) {
                const ListPrices& prices = row.terms.prices;
                QVERIFY2(prices.cacheRead.value_or(Money()) <= *prices.input, model.id.c_str());
                QVERIFY2(prices.cacheWrite5m.value_or(*prices.input) >= *prices.input, model.id.c_str());
                if (row.terms.longContext)
                    QVERIFY2(*row.terms.longContext->prices.input > *prices.input, model.id.c_str());
            }
        }
    }

    void aMalformedFileSaysWhere_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("error");
        const auto row = [](const char* model, const char* error) {
            QTest::newRow(error) << QString::fromUtf8(model) << QString::fromUtf8(error);
        };
        row(R"({"id": "m"})", "model 'm': 'prices' is not a list of rows");
        row(R"({"prices": [{"input": "1"}]})", "model 1: 'id' is missing");
        row(R"({"id": "m", "prices": [{"input": "1"}, {"output": "1"}]})", "model 'm', row 2: 'input' is missing");
        row(R"({"id": "m", "prices": [{"input": "1,5"}]})", "model 'm', row 1: 'input' is not a price: '1,5'");
        row(R"({"id": "m", "prices": [{"input": "-1"}]})", "model 'm', row 1: 'input' is not a price: '-1'");
        row(R"({"id": "m", "prices": [{"input": true}]})", "model 'm', row 1: 'input' is not a text");
        row(R"({"id": "m", "prices": [{"inptu": "1"}]})", "model 'm', row 1: unknown field 'inptu'");
        row(R"({"id": "m", "prices": [{"input": "1", "window_utc": "1-4"}]})",
            "model 'm', row 1: 'window_utc' is not hours such as '01:00-04:00'");
        row(R"({"id": "m", "prices": [{"input": "1", "window_utc": "01:00-25:00"}]})",
            "model 'm', row 1: 'window_utc' is not hours such as '01:00-04:00'");
        row(R"({"id": "m", "prices": [{"input": "1", "valid_from": "soon"}]})",
            "model 'm', row 1: 'valid_from' is not a date: 'soon'");
        row(R"({"id": "m", "prices": [{"input": "1", "valid_from": "2026-02-01"}, {"input": "2"}]})",
            "model 'm': the rows are not in order of 'valid_from'");
        row(R"({"id": "m", "prices": [{"input": "1", "long_context": {"input": "2"}}]})",
            "model 'm', row 1, long_context: 'over_tokens' is missing");
        row(R"({"id": "m", "match": {"like": "m"}, "prices": [{"input": "1"}]})",
            "model 'm': 'match' has an unknown rule 'like'");
        row(R"({"id": "m", "match": [], "prices": [{"input": "1"}]})", "model 'm': an empty 'match' matches nothing");
        row(R"({"id": "m", "match": {"regex": "*"}, "prices": [{"input": "1"}]})",
            "model 'm': not a regular expression: '*'");
        row(R"({"id": "m", "batch": "cheap", "prices": [{"input": "1"}]})",
            "model 'm': 'batch' is not a factor: 'cheap'");
        row(R"({"id": "m", "batch": "1/0", "prices": [{"input": "1"}]})", "model 'm': 'batch' is not a factor: '1/0'");
        row(R"({"id": "m", "batch": {"input": "1"}, "prices": [{"input": "1"}]})",
            "model 'm', batch: 'output' is missing");
        row(R"({"id": "m", "geography": {"us": "x"}, "prices": [{"input": "1"}]})",
            "model 'm', geography: 'us' is not a factor");
        row(R"({"id": "m", "deprecated_on": "x", "prices": [{"input": "1"}]})",
            "model 'm': 'deprecated_on' is not a date");
        row(R"({"id": "m", "context_window": "1.5", "prices": [{"input": "1"}]})",
            "model 'm': 'context_window' is not a number of tokens: '1.5'");
        row("17", "model 1: not an object");
    }

    void aMalformedFileSaysWhere()
    {
        QFETCH(QString, model);
        QFETCH(QString, error);
        QCOMPARE(errorOfModel(model.toStdString()), error);
    }

    void whatIsNoPriceFileSaysSo()
    {
        QCOMPARE(errorOf(""), "not JSON from byte 1 on");
        QCOMPARE(errorOf("{\"provider\": \"p\""), "not JSON from byte 17 on");
        QCOMPARE(errorOf("[]"), "not an object");
        QCOMPARE(errorOf("{}"), "'provider' is missing");
        QCOMPARE(errorOf(R"({"provider": "p", "book_date": "today"})"), "'book_date' is not a date");
        QCOMPARE(errorOf(R"({"provider": "p", "book_date": "2026-01-02"})"), "'models' is not a list");
    }

    void everyTruncationOfAPriceFileIsAnError()
    {
        const std::string_view whole = resources::priceFiles()[0].text;
        // The newline behind the last brace may be missing.
        for (std::size_t length = 0; length + 1 < whole.size(); length += 97)
            QVERIFY(!readPriceFile(whole.substr(0, length)));
        QVERIFY(!readPriceFile(whole.substr(0, whole.size() - 2)));
        QVERIFY(readPriceFile(whole.substr(0, whole.size() - 1)));
    }

    void aNumberIsReadAsTheTextItIsWrittenAs()
    {
        const auto file = readPriceFile(R"({"provider": "p", "book_date": "2026-01-02", "models": [
            {"id": "m", "prices": [{"input": 0.0000015, "output": 1e2}]}]})");
        QCOMPARE(file->models[0].rows[0].terms.prices.input, Money(1'500'000));
        QCOMPARE(file->models[0].rows[0].terms.prices.output, Money(100'000'000'000'000));
    }

    void liteLlmsListOverridesTheBook()
    {
        const auto overrides = overridesFromLiteLlm(R"({
            "sample_spec": {"input_cost_per_token": 0.0, "mode": "one of chat, …"},
            "fallback_generalizations": [],
            "gpt-4o": {"litellm_provider": "openai", "mode": "chat", "max_input_tokens": 99000,
                "input_cost_per_token": 2e-06, "output_cost_per_token": 8e-06, "cache_read_input_token_cost": 1.25e-06,
                "input_cost_per_token_batches": 1e-06, "output_cost_per_token_batches": 2e-06,
                "input_cost_per_token_priority": 3.4e-06, "output_cost_per_token_priority": 13.6e-06,
                "cache_read_input_token_cost_priority": 1.5e-06},
            "acme-large": {"litellm_provider": "acme", "mode": "chat",
                "input_cost_per_token": 2.8e-09, "output_cost_per_token": 0.0000011,
                "cache_creation_input_token_cost": 3.5E-9, "cache_creation_input_token_cost_above_1hr": 5.6e-9,
                "input_cost_per_token_above_200k_tokens": 5.6e-09, "output_cost_per_token_above_200k_tokens": 1.65e-06,
                "cache_creation_input_token_cost_above_1hr_above_200k_tokens": 11.2e-9,
                "search_context_cost_per_query": {"search_context_size_medium": 0.01}},
            "azure/eu/gpt-4o": {"litellm_provider": "azure", "mode": "chat",
                "input_cost_per_token": 2.75e-06, "output_cost_per_token": 1.1e-05},
            "bedrock/eu-west-1/anthropic.claude-v2": {"litellm_provider": "bedrock", "mode": "chat",
                "input_cost_per_token": 1.0, "output_cost_per_token": 1.0},
            "dall-e-3": {"litellm_provider": "openai", "mode": "image_generation", "input_cost_per_token": 1.0},
            "ollama/llama3": {"litellm_provider": "ollama", "mode": "chat",
                "input_cost_per_token": 0.0, "output_cost_per_token": 0.0}
        })");
        QVERIFY2(overrides, overrides ? "" : overrides.error().text().c_str());
        QCOMPARE(overrides->prices.size(), 3U);
        const PriceBook book = *builtIn().with(*overrides);

        QCOMPARE(ratesText(book, {.model = "gpt-4o-2024-08-06"}), "in 2 out 8 read 1.25 write 2 write1h 2");
        QCOMPARE(ratesText(book, {.model = "gpt-4o", .tier = ServiceTier::Batch}),
                 "in 1 out 2 read 0.625 write 1 write1h 1");
        QCOMPARE(ratesText(book, {.model = "gpt-4o", .tier = ServiceTier::Priority}),
                 "in 3.4 out 13.6 read 1.5 write 3.4 write1h 3.4");
        QCOMPARE(ratesText(book, {.model = "gpt-4o", .tier = ServiceTier::Flex}),
                 "in 1 out 4 read 0.625 write 1 write1h 1");
        QCOMPARE(book.find("gpt-4o", "")->contextWindow, 99'000);
        QCOMPARE(ratesText(book, {.model = "azure/eu/gpt-4o"}), "in 2.75 out 11 read 2.75 write 2.75 write1h 2.75");
        QCOMPARE(ratesText(book, {.model = "azure/gpt-4o"}), "in 2 out 8 read 1.25 write 2 write1h 2");
        QCOMPARE(ratesText(book, {.model = "acme-large"}), "in 0.0028 out 1.1 read 0.0028 write 0.0035 write1h 0.0056");
        QCOMPARE(ratesText(book, {.model = "acme-large", .input = 200'001}),
                 "in 0.0056 out 1.65 read 0.0056 write 0.0056 write1h 0.0112");
        QCOMPARE(costText(book, {.model = "acme-large"}, {.uncachedInput = 0, .webSearches = 3}), "0.03");
        QCOMPARE(found(book, "ollama/llama3"), "unknown");
    }

    void aMalformedListOfLiteLlmNamesTheEntry()
    {
        const auto error = [](std::string_view text) { return qt(overridesFromLiteLlm(text).error().text()); };
        QCOMPARE(error("[]"), "not LiteLLM's list: models are expected by name");
        QCOMPARE(error(R"({"m": 1})"), "'m': not an object");
        QCOMPARE(error(R"({"m": {"input_cost_per_token": "free"}})"),
                 "'m': 'input_cost_per_token' is not a price: 'free'");
        QCOMPARE(error(R"({"m": {"input_cost_per_token": 1e-6x}})"), "not JSON from byte 36 on");
        QCOMPARE(error(R"({"m": {"input_cost_per_token": "1e-6x"}})"),
                 "'m': 'input_cost_per_token' is not a price: '1e-6x'");
    }

    void langfusesListOverridesTheBook()
    {
        const auto overrides = overridesFromLangfuse(R"json([
            {"modelName": "gpt-4o", "matchPattern": "(?i)^(openai/)?(gpt-4o)$", "pricingTiers": [
                {"name": "Flex", "isDefault": false,
                 "conditions": [{"source": "model_parameters", "key": "service_tier", "operator": "in", "values": ["flex"]}],
                 "prices": {"input": 1e-6, "output": 4e-6}},
                {"name": "Standard", "isDefault": true, "conditions": [],
                 "prices": {"input": 2e-6, "input_cached_tokens": 1e-6, "output": 8e-6, "input_audio_tokens": 4e-5}},
                {"name": "Fast mode", "isDefault": false,
                 "conditions": [{"key": "service_tier", "operator": "in", "values": ["priority", "fast"]}],
                 "prices": {"input": 3.4e-6, "output": 13.6e-6}},
                {"name": "Large", "isDefault": false,
                 "conditions": [{"usageDetailPattern": "(input)", "operator": "gt", "value": 272000}],
                 "prices": {"input": 4e-6, "output": 12e-6}},
                {"name": "Fast and large", "isDefault": false,
                 "conditions": [{"usageDetailPattern": "(input)", "operator": "gt", "value": 272000},
                                {"key": "service_tier", "operator": "in", "values": ["priority"]}],
                 "prices": {"input": 0.01, "output": 0.01}}]},
            {"modelName": "acme-embed", "matchPattern": "(?i)^acme-embed(@[a-z0-9]+)?$", "prices": {"total": 2e-8}},
            {"modelName": "by the picture", "matchPattern": "^acme-image$", "pricingTiers": [
                {"isDefault": true, "prices": {"images": 0.04}}]}
        ])json");
        QVERIFY2(overrides, overrides ? "" : overrides.error().text().c_str());
        QCOMPARE(overrides->prices.size(), 2U);
        const PriceBook book = *builtIn().with(*overrides);
        QCOMPARE(ratesText(book, {.model = "OpenAI/GPT-4o"}), "in 2 out 8 read 1 write 2 write1h 2");
        QCOMPARE(ratesText(book, {.model = "gpt-4o", .tier = ServiceTier::Flex}),
                 "in 1 out 4 read 0.5 write 1 write1h 1");
        QCOMPARE(ratesText(book, {.model = "gpt-4o", .tier = ServiceTier::Priority, .input = 272'001}),
                 "in 6.8 out 20.4 read 6.8 write 6.8 write1h 6.8");
        QVERIFY(!priceOf(book, {.model = "gpt-4o", .input = 272'000})->isLongContext);
        QCOMPARE(costText(book, {.model = "acme-embed@001"}, {.uncachedInput = 50}), "0.000001");
        QCOMPARE(found(book, "acme-image"), "unknown");
        // A pattern knows only what it says; other spellings are still the book's.
        QCOMPARE(ratesText(book, {.model = "gpt-4o-2024-05-13"}), "in 5 out 15 read 5 write 5 write1h 5");
    }

    void langSmithsMapOverridesTheBook()
    {
        const auto overrides = overridesFromLangSmith(
            R"([{"name": "mini", "tenant_id": null, "start_time": null, "match_pattern": "^mini$", "prompt_cost": "0.0000004",
                 "completion_cost": "0.0000016", "prompt_cost_details": {"cache_read": "0.0000001"}, "priority_order": 0},
                {"name": "contract", "tenant_id": "w", "start_time": "2026-01-01T00:00:00Z", "match_pattern": "mini",
                 "prompt_cost": "0.0000003", "completion_cost": "0.000001", "prompt_cost_details": null, "provider": "openai"},
                {"name": "free", "match_pattern": "free"}])");
        QVERIFY2(overrides, overrides ? "" : overrides.error().text().c_str());
        QCOMPARE(overrides->prices.size(), std::size_t{2});
        const PriceOverride& own = overrides->prices[0]; // a workspace's own come first
        QCOMPARE(own.provider, std::string("openai"));
        QVERIFY(own.validFrom == parseTimestamp("2026-01-01T00:00:00Z"));
        QCOMPARE(*own.terms.prices.input, *moneyFromDecimal("0.3")); // dollars per million tokens
        const PriceOverride& builtIn = overrides->prices[1];
        QCOMPARE(*builtIn.terms.prices.output, *moneyFromDecimal("1.6"));
        QCOMPARE(*builtIn.terms.prices.cacheRead, *moneyFromDecimal("0.1"));
        QVERIFY(!builtIn.validFrom);
        QVERIFY(!overridesFromLangSmith("{}"));
        const auto odd = overridesFromLangSmith("[{\"name\": \"odd\", \"match_pattern\": \"[\"}]");
        QVERIFY(!odd);
        QVERIFY(odd.error().text().find("'odd'") != std::string::npos);
    }

    void aMalformedListOfLangfuseNamesTheEntry()
    {
        const auto error = [](std::string_view text) { return qt(overridesFromLangfuse(text).error().text()); };
        QCOMPARE(error("{}"), "not Langfuse's list: a list of models is expected");
        QCOMPARE(error("[{}]"), "model 1: 'matchPattern' is missing");
        QCOMPARE(error(R"([{"modelName": "m", "matchPattern": "*"}])"), "model 'm': not a regular expression: '*'");
        QCOMPARE(error(R"([{"modelName": "m", "matchPattern": "m", "prices": {"input": "x"}}])"),
                 "model 'm', prices: 'input' is not a price: 'x'");
    }
};

QTEST_APPLESS_MAIN(PriceFilesTest)
#include "tst_price_files.moc"
