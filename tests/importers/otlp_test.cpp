// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/workspace.h"

#include "importers/otlp/protobuf.h"
#include "importers/otlp/request_reader.h"
#include "otlp_cases.h"
#include "support/memory_sink.h"

using namespace plumbline;
using plumbline::test::MemorySink;
using plumbline::test::TemporaryWorkspace;
namespace cases = plumbline::test::otlp;

namespace {

std::string count(const std::optional<TokenCount>& tokens)
{
    return tokens ? std::to_string(*tokens) : "?";
}

/// Keeps a line of the facts of each span, and one of each block.
class LineSink : public MemorySink
{
public:
    std::string facts, blocks;

    using MemorySink::add;
    Result<> add(const ObservedSpan& span) override
    {
        const Usage& usage = span.usage;
        facts += std::string(idOf(span.kind)) + " " + std::string(span.model) + " of " + std::string(span.provider) +
                 ": " + count(usage.uncachedInput) + "+" + count(usage.cacheRead) + "+" + count(usage.cacheWrite()) +
                 " -> " + count(usage.output()) + " (" + count(usage.reasoning) + "), feature " +
                 std::string(span.feature) + ", user " + std::string(span.user) + ", session " +
                 std::string(span.session) + (span.reportedCost ? ", cost " + decimalText(*span.reportedCost) : "") +
                 "\n";
        for (const ObservedBlock& block : span.blocks)
            blocks += std::string(block.isOutput ? "out " : "in ") + std::string(idOf(block.role)) + " " +
                      std::string(idOf(block.kind)) + ": " + std::string(block.text) + "\n";
        return MemorySink::add(span);
    }
};

LineSink read(const std::string& text)
{
    LineSink sink;
    json::Parser parser;
    otlp::RequestReader reader;
    if (const auto value = parser.parseCopy(text))
        (void)reader.read({.text = text, .number = 1}, *value, sink);
    return sink;
}

using cases::Pairs;
using cases::withQuotes;

} // namespace

/// OTLP in both of its encodings, in the words of everybody who writes it.
class OtlpTest : public QObject
{
    Q_OBJECT

private slots:
    void everyDialectIsUnderstood_data();
    void everyDialectIsUnderstood();
    void cacheIsInsideOfTheInputOrNot_data();
    void cacheIsInsideOfTheInputOrNot();
    void messagesAreFoundWhereverTheyStand_data();
    void messagesAreFoundWhereverTheyStand();
    void namesAndIdsAreReadLeniently_data();
    void namesAndIdsAreReadLeniently();
    void logEventsCompleteTheirSpan();
    void aRequestOfClaudeCodeIsACall();
    void protobufSaysWhatJsonSays();
    void framedProtobufIsCut();
    void whatIsNoRequestIsNoProtobuf();
    void answersAndTotalsAreNoData();
    void aSpanWithoutTraceIsSkipped();
    void noPrefixGivesHalfARecord();
    void noPrefixOfProtobufIsARequest();
};

void OtlpTest::everyDialectIsUnderstood_data()
{
    QTest::addColumn<QString>("record");
    QTest::addColumn<QString>("facts");
    for (const cases::Case& dialect : cases::dialects())
        QTest::newRow(dialect.title) << QString::fromStdString(dialect.record)
                                     << QString::fromUtf8(dialect.facts) + QLatin1Char('\n');
}

void OtlpTest::everyDialectIsUnderstood()
{
    QFETCH(QString, record);
    QFETCH(QString, facts);
    const LineSink sink = read(record.toStdString());
    QCOMPARE(QString::fromStdString(sink.facts), facts);
    QVERIFY(sink.skipped.empty());
}

void OtlpTest::cacheIsInsideOfTheInputOrNot_data()
{
    QTest::addColumn<QString>("scope");
    QTest::addColumn<QString>("version");
    QTest::addColumn<QString>("provider");
    QTest::addColumn<int>("input");
    QTest::addColumn<int>("total");
    QTest::addColumn<int>("uncached");
    QTest::addColumn<bool>("isAmbiguous");
    const QString anthropic = "opentelemetry.instrumentation.anthropic";
    QTest::newRow("instrumentation that sums") << anthropic << "0.40.1"
                                               << "Anthropic" << 1000 << 0 << 400 << false;
    QTest::newRow("before it did") << anthropic << "0.33.2"
                                   << "Anthropic" << 1000 << 0 << 1000 << false;
    QTest::newRow("its total proves nothing") << anthropic << "0.33.2"
                                              << "Anthropic" << 1000 << 1010 << 1000 << false;
    QTest::newRow("Bedrock's") << "opentelemetry.instrumentation.bedrock"
                               << "0.50.0"
                               << "AWS" << 1000 << 0 << 1000 << false;
    QTest::newRow("AI SDK 5") << "ai"
                              << ""
                              << "anthropic.messages" << 1000 << 0 << 1000 << false;
    QTest::newRow("AI SDK 5 with another provider") << "ai"
                                                    << ""
                                                    << "openai.chat" << 1000 << 0 << 400 << false;
    QTest::newRow("smaller than the cache") << anthropic << "0.40.1"
                                            << "Anthropic" << 500 << 0 << 500 << false;
    QTest::newRow("a total that adds the cache") << "acme"
                                                 << "1"
                                                 << "anthropic" << 1000 << 1610 << 1000 << false;
    QTest::newRow("nobody knows") << "acme"
                                  << "1"
                                  << "anthropic" << 1000 << 1010 << 400 << true;
    QTest::newRow("nobody knows, of a provider that sums") << "acme"
                                                           << "1"
                                                           << "openai" << 1000 << 0 << 400 << false;
}

void OtlpTest::cacheIsInsideOfTheInputOrNot()
{
    QFETCH(QString, scope);
    QFETCH(QString, version);
    QFETCH(QString, provider);
    QFETCH(int, input);
    QFETCH(int, total);
    QFETCH(int, uncached);
    QFETCH(bool, isAmbiguous);
    Pairs pairs = {{"gen_ai.system", provider.toStdString()},
                   {"gen_ai.request.model", "m"},
                   {"gen_ai.usage.input_tokens", std::to_string(input)},
                   {"gen_ai.usage.cache_read_input_tokens", "600"},
                   {"gen_ai.usage.output_tokens", "10"}};
    if (total > 0)
        pairs.emplace_back("gen_ai.usage.total_tokens", std::to_string(total));
    const std::string record = cases::request(cases::span("chat", pairs), scope.toStdString(), version.toStdString());
    struct RuleSink : LineSink
    {
        UsageRule rule = UsageRule::None;
        using LineSink::add;
        Result<> add(const ObservedSpan& span) override
        {
            rule = span.usageRule;
            return LineSink::add(span);
        }
    } sink;
    json::Parser parser;
    otlp::RequestReader reader;
    QVERIFY(reader.read({.text = record, .number = 1}, *parser.parseCopy(record), sink));
    const std::string expected = ": " + std::to_string(uncached) + "+600+? -> 10 ";
    QVERIFY2(sink.facts.find(expected) != std::string::npos, sink.facts.c_str());
    QCOMPARE(sink.rule == UsageRule::Ambiguous, isAmbiguous);
}

void OtlpTest::messagesAreFoundWhereverTheyStand_data()
{
    QTest::addColumn<QString>("record");
    for (const cases::Case& place : cases::placesOfMessages())
        QTest::newRow(place.title) << QString::fromStdString(place.record);
}

void OtlpTest::messagesAreFoundWhereverTheyStand()
{
    QFETCH(QString, record);
    QCOMPARE(read(record.toStdString()).blocks,
             std::string("in system text: Be kind.\nin user text: Hi\nout assistant text: Hello\n"));
}

void OtlpTest::namesAndIdsAreReadLeniently_data()
{
    QTest::addColumn<QString>("record");
    const std::string usual = cases::request(cases::span("chat", cases::newestNames()));
    const auto add = [&usual](const char* title, const Pairs& replacements) {
        QString record = QString::fromStdString(usual);
        for (const auto& [from, to] : replacements) {
            QVERIFY(record.contains(QString::fromStdString(from)));
            record.replace(QString::fromStdString(from), QString::fromStdString(to));
        }
        QTest::newRow(title) << record;
    };
    add("snake case", {{"resourceSpans", "resource_spans"},
                       {"scopeSpans", "scope_spans"},
                       {"traceId", "trace_id"},
                       {"spanId", "span_id"},
                       {"startTimeUnixNano", "start_time_unix_nano"},
                       {"intValue", "int_value"},
                       {"stringValue", "string_value"}});
    add("upper case ids", {{cases::traceId, "0AF7651916CD43DD8448EB211C80319C"}});
    add("base64 ids", {{cases::traceId, "CvdlGRbNQ92ESOshHIAxnA=="}, {cases::spanId, "t61rcWkgMzE="}});
    add("numbers as numbers",
        {{withQuotes("'900'"), "900"}, {withQuotes("'1787220000000000000'"), "1787220000000000000"}});
    add("the scope's first name", {{"scopeSpans", "instrumentationLibrarySpans"},
                                   {withQuotes("'scope'"), withQuotes("'instrumentationLibrary'")}});
}

void OtlpTest::namesAndIdsAreReadLeniently()
{
    QFETCH(QString, record);
    const MemorySink usual = read(cases::request(cases::span("chat", cases::newestNames())));
    QVERIFY(usual.read.size() == 1);
    QCOMPARE(read(record.toStdString()).read, usual.read);
}

void OtlpTest::logEventsCompleteTheirSpan()
{
    const std::string spans = cases::request(cases::span("chat", cases::newestNames()));
    const std::string events = cases::logs(
        cases::logRecord("gen_ai.user.message", {}, withQuotes("{'stringValue':'Hi'}")) + "," +
        cases::logRecord("gen_ai.choice", {},
                         withQuotes("{'kvlistValue':{'values':[{'key':'message','value':{'kvlistValue':"
                                    "{'values':[{'key':'content','value':{'stringValue':'Hello'}}]}}}]}}")) +
        "," + cases::logRecord("something.else", {}, withQuotes("{'stringValue':'x'}")));
    const LineSink sink = read(events);
    QCOMPARE(sink.blocks, std::string("in user text: Hi\nout assistant text: Hello\n"));
    QCOMPARE(sink.spans, std::size_t{1});
    QVERIFY(sink.skipped.empty());
    for (const bool eventsFirst : {false, true}) {
        const TemporaryWorkspace workspace;
        QVERIFY(workspace.import({workspace.write("1.json", eventsFirst ? events : spans)}));
        QVERIFY(workspace.import({workspace.write("2.json", eventsFirst ? spans : events)}));
        const std::string answer = workspace.breakdown({Dimension::Feature});
        QVERIFY2(answer.starts_with("basket: calls 1, input 900, read 600, output 70, "), answer.c_str());
    }
}

void OtlpTest::aRequestOfClaudeCodeIsACall()
{
    const std::string record =
        withQuotes(
            "{'timeUnixNano':'1787220000500000000','body':{'stringValue':'claude_code.api_request'},'attributes':") +
        cases::attributes({{"event.name", "api_request"},
                           {"session.id", "s9"},
                           {"model", "claude-x"},
                           {"input_tokens", withQuotes("={'stringValue':'50'}")},
                           {"output_tokens", "4"},
                           {"cache_read_tokens", "900"},
                           {"cache_creation_tokens", "30"},
                           {"cost_usd", "0.25"},
                           {"duration_ms", "1500"},
                           {"request_id", "req_9"}}) +
        "}";
    const LineSink sink = read(cases::logs(record, "com.anthropic.claude_code.events"));
    QCOMPARE(sink.facts, std::string("llm claude-x of anthropic: 50+900+30 -> 4 (?), feature , user , session s9, "
                                     "cost 0.25\n"));
}

void OtlpTest::protobufSaysWhatJsonSays()
{
    Pairs pairs = cases::newestNames();
    pairs.emplace_back("gen_ai.input.messages", withQuotes("[{'role':'user','content':'Caf\xC3\xA9?'}]"));
    const std::string bytes = cases::Protobuf::request("chat", pairs);
    const auto text = otlp::jsonFromProtobuf(bytes);
    QVERIFY(text);
    const MemorySink usual = read(cases::request(cases::span("chat", pairs)));
    QVERIFY(usual.read.size() == 1);
    QCOMPARE(read(*text).read, usual.read);
    // What is no UTF-8 is replaced: it stands in JSON now.
    const auto broken = otlp::jsonFromProtobuf(cases::Protobuf::request("ch\xFF\xC3t", pairs));
    QVERIFY(broken);
    QVERIFY(read(*broken).read.at(0).find("ch\xEF\xBF\xBD\xEF\xBF\xBDt") != std::string::npos);
}

void OtlpTest::framedProtobufIsCut()
{
    const std::string message = cases::Protobuf::request("chat", cases::newestNames());
    QVERIFY(message.size() > 127 && message.size() < 16384);
    const auto low = static_cast<char>((message.size() & 127U) | 128U);
    const std::string delimited = std::string{low, static_cast<char>(message.size() >> 7U)} + message;
    const std::string collected =
        std::string{0, 0, static_cast<char>(message.size() >> 8U), static_cast<char>(message.size() & 255U)} + message;
    std::vector<std::string_view> messages;
    for (const std::string& framed : {delimited, collected}) {
        const std::string twice = framed + framed;
        QVERIFY(!otlp::jsonFromProtobuf(twice));
        QVERIFY(otlp::splitProtobuf(twice, messages));
        QCOMPARE(messages.size(), std::size_t{2});
        QVERIFY(messages[1] == message);
        QVERIFY(!otlp::splitProtobuf(twice.substr(0, twice.size() - 1), messages));
        QVERIFY(messages.empty());
    }
}

void OtlpTest::whatIsNoRequestIsNoProtobuf()
{
    const std::string message = cases::Protobuf::request("chat", {});
    QVERIFY(!otlp::jsonFromProtobuf({}));
    QVERIFY(!otlp::jsonFromProtobuf("{}"));
    QVERIFY(!otlp::jsonFromProtobuf(std::string("\x0A\x00", 2)));
    QVERIFY(!otlp::jsonFromProtobuf(message + "\x10\x01")); // a field that no request has
    QVERIFY(!otlp::jsonFromProtobuf("\x0A\x02\x08\x02"));   // two spans rejected
    // A list in a list in a list: refused or cut, in bounded depth.
    std::string any = "\x0A\x01x";
    for (int i = 0; i < 500; ++i) {
        std::string list;
        protozero::pbf_writer(list).add_message(1, any);
        any.clear();
        protozero::pbf_writer(any).add_message(5, list);
    }
    std::string pair, resource, resourceSpans, whole = message;
    protozero::pbf_writer(pair).add_message(2, any);
    protozero::pbf_writer(resource).add_message(1, pair);
    protozero::pbf_writer(resourceSpans).add_message(1, resource);
    protozero::pbf_writer(whole).add_message(1, resourceSpans);
    if (const auto text = otlp::jsonFromProtobuf(whole))
        QCOMPARE(read(*text).spans, std::size_t{1});
    // Any byte may be any other.
    for (std::size_t i = 0; i < message.size(); ++i) {
        for (const char byte : {'\x00', '\x0A', '\x7F', '\x80', '\xFF'}) {
            std::string mutated = message;
            mutated[i] = byte;
            if (const auto text = otlp::jsonFromProtobuf(mutated))
                (void)read(*text);
        }
    }
}

void OtlpTest::answersAndTotalsAreNoData()
{
    const Format format = *formatWithId("otlp");
    json::Parser parser;
    for (const char* text : {"{'partialSuccess':{'rejectedSpans':'2'}}", "{'code':3,'message':'cannot parse'}", "{}"}) {
        const auto value = parser.parseCopy(withQuotes(text));
        QVERIFY(value);
        QVERIFY(format.sniff({{}, *value}) == Certainty::No);
    }
    const std::string metrics = withQuotes("{'resourceMetrics':[{'scopeMetrics':[{'metrics':[{'name':'tokens'}]}]}]}");
    QVERIFY(format.sniff({{}, *parser.parseCopy(metrics)}) == Certainty::Certain);
    const LineSink sink = read(metrics);
    QCOMPARE(sink.notes, std::vector<std::string>{"metrics are totals without calls: kept out of the spend"});
    QVERIFY(sink.read.empty() && sink.skipped.empty());
    const std::string single = cases::span("chat", cases::newestNames());
    QVERIFY(format.sniff({{}, *parser.parseCopy(single)}) == Certainty::Likely);
    QCOMPARE(read(single).spans, std::size_t{1});
}

void OtlpTest::aSpanWithoutTraceIsSkipped()
{
    std::string record = cases::request(cases::span("chat", cases::newestNames()));
    record.replace(record.find(cases::traceId), 32, 32, '0');
    const LineSink sink = read(record);
    QCOMPARE(sink.spans, std::size_t{0});
    QCOMPARE(sink.skipped, std::vector<std::string>{"no trace id"});
}

void OtlpTest::noPrefixGivesHalfARecord()
{
    const std::string line = cases::request(cases::span("chat", cases::newestNames())) + "\n";
    const std::string bytes =
        line + cases::request(cases::span("chat", cases::newestNames(), {}, "b7ad6b7169203332")) + "\n";
    const TemporaryWorkspace workspace;
    const MemorySink whole = test::readIntoMemory(workspace.write("whole.jsonl", bytes));
    QCOMPARE(whole.spans, std::size_t{2});
    const auto file = workspace.write("part.jsonl", bytes);
    for (std::size_t size = bytes.size() - 1; size > 0; --size) {
        std::filesystem::resize_file(file, size);
        const MemorySink part = test::readIntoMemory(file);
        QVERIFY(part.read.size() <= whole.read.size());
        QVERIFY(std::equal(part.read.begin(), part.read.end(), whole.read.begin()));
    }
}

void OtlpTest::noPrefixOfProtobufIsARequest()
{
    const std::string bytes = cases::Protobuf::request("chat", cases::newestNames());
    QVERIFY(otlp::jsonFromProtobuf(bytes));
    for (std::size_t size = 0; size < bytes.size(); ++size)
        QVERIFY2(!otlp::jsonFromProtobuf(std::string_view(bytes).substr(0, size)), std::to_string(size).c_str());
}

QTEST_GUILESS_MAIN(OtlpTest)
#include "otlp_test.moc"
