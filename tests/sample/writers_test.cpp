// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <nlohmann/json.hpp>

#include "model/sample/bench.h"
#include "model/sample/json_text.h"
#include "tests/sample/generated.h"

using namespace plumbline;
using namespace plumbline::test;
using nlohmann::json;

namespace {

/// The documents of a file of lines; empty if one is not JSON.
std::vector<json> linesOf(const std::string& text)
{
    std::vector<json> lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = text.find('\n', begin);
        json line = json::parse(text.begin() + static_cast<std::ptrdiff_t>(begin),
                                text.begin() + static_cast<std::ptrdiff_t>(end), nullptr, false);
        if (line.is_discarded())
            return {};
        lines.push_back(std::move(line));
        begin = end + 1;
    }
    return lines;
}

const SampleOptions& options()
{
    static const SampleOptions some{.calls = 1'500};
    return some;
}

const json* attribute(const json& span, std::string_view key)
{
    for (const json& entry : span["attributes"])
        if (entry["key"] == key)
            return &entry["value"];
    return nullptr;
}

TokenCount intAttribute(const json& span, std::string_view key)
{
    const json* value = attribute(span, key);
    return value ? std::stoll((*value)["intValue"].get<std::string>()) : 0;
}

} // namespace

class WritersTest : public QObject
{
    Q_OBJECT

private slots:
    void langfuseEventsSayWhatIsTrue()
    {
        const auto traces = generated(options());
        const SampleTruth truth = truthOf(traces);
        const auto rows = linesOf(written(traces, SampleFormat::Langfuse));
        QCOMPARE(static_cast<std::int64_t>(rows.size()), truth.spans());
        TokenCount total = 0;
        for (const json& row : rows) {
            total += row["usageDetails"].value("total", TokenCount(0));
            QCOMPARE(row["startTime"].get<std::string>().size(), 26u);
            if (row["type"] != "GENERATION")
                continue;
            const json input = json::parse(row["input"].get<std::string>(), nullptr, false);
            QVERIFY(input.is_object() && input["messages"].is_array());
        }
        QCOMPARE(total, truth.total().tokens.total());
    }

    void langfuseObservationsSayWhatIsTrue()
    {
        const auto traces = generated(options());
        const auto rows = linesOf(written(traces, SampleFormat::LangfuseObservations));
        const SampleTruth truth = truthOf(traces);
        QCOMPARE(static_cast<std::int64_t>(rows.size()), truth.spans());
        TokenCount input = 0;
        for (const json& row : rows) {
            input += row["inputUsage"].get<TokenCount>();
            if (row["type"] == "GENERATION")
                QVERIFY(row["input"]["messages"].is_array());
        }
        QCOMPARE(input, truth.total().tokens.input());
    }

    void langsmithRunsSayWhatIsTrue()
    {
        const auto traces = generated(options());
        const auto rows = linesOf(written(traces, SampleFormat::Langsmith));
        const SampleTruth truth = truthOf(traces);
        QCOMPARE(static_cast<std::int64_t>(rows.size()), truth.spans());
        TokenCount ofCalls = 0;
        TokenCount ofRoots = 0;
        for (const json& row : rows) {
            const auto tokens = row["total_tokens"].get<TokenCount>();
            if (row["run_type"] == "llm" || row["run_type"] == "embedding")
                ofCalls += tokens;
            if (row["parent_run_id"].is_null()) {
                ofRoots += tokens;
                QVERIFY(row["id"] == row["trace_id"]);
            }
            const auto order = row["dotted_order"].get<std::string>();
            QVERIFY(order.ends_with(row["id"].get<std::string>()));
        }
        QCOMPARE(ofCalls, truth.total().tokens.total());
        QCOMPARE(ofRoots, truth.total().tokens.total());
    }

    void otlpRequestsSayWhatIsTrue()
    {
        const auto traces = generated(options());
        const auto requests = linesOf(written(traces, SampleFormat::Otlp));
        QCOMPARE(requests.size(), traces.size());
        TokenCount input = 0;
        TokenCount read = 0;
        TokenCount output = 0;
        for (const json& request : requests)
            for (const json& span : request["resourceSpans"][0]["scopeSpans"][0]["spans"]) {
                input += intAttribute(span, "gen_ai.usage.input_tokens");
                read += intAttribute(span, "gen_ai.usage.cache_read.input_tokens");
                output += intAttribute(span, "gen_ai.usage.output_tokens");
                for (const char* key : {"gen_ai.input.messages", "gen_ai.tool.definitions"})
                    if (const json* messages = attribute(span, key))
                        QVERIFY(json::parse((*messages)["stringValue"].get<std::string>(), nullptr, false).is_array());
            }
        const SampleTokens truth = truthOf(traces).total().tokens;
        QCOMPARE(input, truth.input());
        QCOMPARE(read, truth.cacheRead);
        QCOMPARE(output, truth.visibleOutput + truth.reasoning);
    }

    void withoutBodiesNoTextIsWritten_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const char* name : {"langfuse", "langfuse-observations", "langsmith", "otlp"})
            QTest::newRow(name) << QByteArray(name);
    }
    void withoutBodiesNoTextIsWritten()
    {
        QFETCH(QByteArray, name);
        const SampleFormat format = sampleFormatOf(name.toStdString()).value();
        const auto with = generated({.calls = 600});
        const auto without = generated({.calls = 600, .bodies = false});
        QVERIFY(truthOf(with).spend() == truthOf(without).spend());
        const std::string text = written(without, format);
        QVERIFY(!linesOf(text).empty());
        QVERIFY(written(with, format).find("Northfell Outfitters") != std::string::npos);
        QVERIFY(text.find("Northfell Outfitters") == std::string::npos);
    }

    void anUnknownFormatIsRefused()
    {
        const auto refused = sampleFormatOf("csv");
        QVERIFY(!refused && refused.error().reason.find("langsmith") != std::string::npos);
    }

    void everyByteIsEscapedAsJsonDemands()
    {
        for (int length = 0; length < 20; ++length)
            for (int byte = 0; byte < 0x80; ++byte) {
                std::string text(static_cast<std::size_t>(length), 'x');
                text += static_cast<char>(byte);
                text += "tail \xc3\xa4 end";
                std::string written;
                sample::appendJsonString(written, text);
                const json read = json::parse(written, nullptr, false);
                QVERIFY(read.is_string());
                QCOMPARE(read.get<std::string>(), text);
            }
    }

    void benchLinesHaveTheSizeOfTheMeasurements()
    {
        const auto meanLine = [](SampleBench bench) {
            std::string text;
            std::int64_t lines = 0;
            std::int64_t bytes = 0;
            const auto done = generate(
                bench,
                [&](const SampleTrace& trace) -> Result<> {
                    text.clear();
                    append(text, trace, bench.format);
                    ++lines;
                    bytes += static_cast<std::int64_t>(text.size());
                    return linesOf(text).size() == 1 ? Result<>() : fail(ErrorKind::Malformed, "not one line");
                },
                StopToken());
            return done && lines == bench.calls ? bytes / lines : 0;
        };
        SampleBench bodies = SampleBench::withBodies();
        bodies.calls = 4'000;
        const std::int64_t withBodies = meanLine(bodies);
        QVERIFY2(withBodies > 10'000 && withBodies < 12'500, qPrintable(QString::number(withBodies)));
        SampleBench small = SampleBench::withoutBodies();
        small.calls = 2'000;
        const std::int64_t withoutBodies = meanLine(small);
        QVERIFY2(withoutBodies > 650 && withoutBodies < 900, qPrintable(QString::number(withoutBodies)));
    }
};

QTEST_APPLESS_MAIN(WritersTest)
#include "writers_test.moc"
