// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "importers/collector/redacted.h"

using namespace plumbline;
using namespace plumbline::collector;

/// What redaction leaves of whole observations.
class RedactedTest : public QObject
{
    Q_OBJECT

private slots:
    void whatIsTakenOutOfMetadataLeavesJson_data();
    void whatIsTakenOutOfMetadataLeavesJson();
    void everyTextOfASpanIsSearched();

private:
    const Redactor m_redactor = *Redactor::compile({.patterns = {"[0-9]{8}", R"("hidden":[^,}]*)"}});
    CleanTexts m_cleanTexts;
    Redacted m_redacted{
        m_redactor, m_cleanTexts, {.digestOf = std::hash<std::string_view>(), .pseudonymOf = [](std::string_view text) {
                                       return std::to_string(text.size());
                                   }}};
};

void RedactedTest::whatIsTakenOutOfMetadataLeavesJson_data()
{
    QTest::addColumn<QString>("attributes");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* claim, const char* attributes, const char* expected) {
        QTest::newRow(claim) << QString::fromLatin1(attributes) << QString::fromLatin1(expected);
    };
    row("nothing", R"({"a":"x","n":1234567})", R"({"a":"x","n":1234567})");
    row("of a text", R"({"a":"no. 12345678"})", R"({"a":"no. [redacted 8]"})");
    row("a number", R"({"a":"x","n":12345678,"b":true})", R"({"a":"x","n":"[redacted 8]","b":true})");
    row("of a number", R"({"n":-12345678.5,"m":0.5})", R"({"n":"-[redacted 8].5","m":0.5})");
    row("deep down", R"({"n":[1,{"m":12345678}]})", R"({"n":[1,{"m":"[redacted 8]"}]})");
    row("what JSON cannot do without", R"({"hidden":1,"a":2})", "");
}

void RedactedTest::whatIsTakenOutOfMetadataLeavesJson()
{
    QFETCH(QString, attributes);
    const std::string text = attributes.toStdString();
    const auto kept = [](std::string_view left) {
        return QString::fromUtf8(left.data(), static_cast<qsizetype>(left.size()));
    };
    QTEST(kept(m_redacted.of(ObservedSpan{.traceId = "t", .attributes = text}).attributes), "expected");
    QTEST(kept(m_redacted.of(ObservedSpan{.traceId = "t", .parameters = text}).parameters), "expected");
    QTEST(kept(m_redacted.of(ObservedTrace{.traceId = "t", .attributes = text}).attributes), "expected");
}

void RedactedTest::everyTextOfASpanIsSearched()
{
    const std::string secret = "ada@example.com", left = "[email 15]";
    const ObservedSpan span{.traceId = "t",
                            .name = secret,
                            .statusMessage = secret,
                            .feature = secret,
                            .traceName = secret,
                            .environment = secret,
                            .release = secret,
                            .version = secret,
                            .service = secret,
                            .user = secret,
                            .session = secret,
                            .promptName = secret,
                            .promptVersion = secret,
                            .blocks = {{.toolName = secret, .documentId = secret, .text = secret}}};
    const ObservedSpan& redacted = m_redacted.of(span);
    for (const std::string_view text :
         {redacted.name, redacted.statusMessage, redacted.feature, redacted.traceName, redacted.environment,
          redacted.release, redacted.version, redacted.service, redacted.user, redacted.session, redacted.promptName,
          redacted.promptVersion, redacted.blocks[0].toolName, redacted.blocks[0].documentId, redacted.blocks[0].text})
        QCOMPARE(std::string(text), left);
    const ObservedTrace trace{.traceId = "t",
                              .name = secret,
                              .environment = secret,
                              .release = secret,
                              .version = secret,
                              .user = secret,
                              .session = secret,
                              .feature = secret};
    const ObservedTrace& redactedTrace = m_redacted.of(trace);
    for (const std::string_view text :
         {redactedTrace.name, redactedTrace.environment, redactedTrace.release, redactedTrace.version,
          redactedTrace.user, redactedTrace.session, redactedTrace.feature})
        QCOMPARE(std::string(text), left);
}

QTEST_APPLESS_MAIN(RedactedTest)
#include "redacted_test.moc"
