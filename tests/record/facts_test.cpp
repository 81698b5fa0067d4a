// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <limits>

#include "model/core/varint.h"
#include "model/record/observation_facts.h"

using namespace plumbline;
using namespace plumbline::record;

namespace {

ObservationFacts everything()
{
    return {.kind = SpanKind::Agent,
            .status = SpanStatus::Error,
            .rule = UsageRule::BothIncluded,
            .flags = 7,
            .started = 1'790'000'000'000'000,
            .ended = 1'790'000'000'400'000,
            .firstToken = 1'789'999'999'000'000, // before the start: clocks differ
            .recorded = 0,
            .name = 1,
            .model = 300,
            .provider = 70'000,
            .parameters = 5'000'000'000,
            .tier = 6,
            .finish = 7,
            .version = 8,
            .promptName = 9,
            .promptVersion = 10,
            .attribution = {.feature = 11,
                            .traceName = 12,
                            .environment = 13,
                            .release = 14,
                            .service = 15,
                            .user = 16,
                            .session = 17,
                            .tags = 18,
                            .attributes = 19},
            .usage = {.uncachedInput = 0,
                      .cacheRead = 1,
                      .cacheWrite5m = 127,
                      .cacheWrite1h = 128,
                      .visibleOutput = 4'000'000'000,
                      .reasoning = 2,
                      .audioInput = 3,
                      .webSearches = 4},
            .reportedCost = Money(-5),
            .parent = "h\x01\x02",
            .statusMessage = "Zeitüberschreitung",
            .response = "chatcmpl-1",
            .reportedUsage = "ab"};
}

bool areSame(const ObservationFacts& a, const ObservationFacts& b)
{
    return a.kind == b.kind && a.status == b.status && a.rule == b.rule && a.flags == b.flags &&
           a.started == b.started && a.ended == b.ended && a.firstToken == b.firstToken && a.recorded == b.recorded &&
           a.name == b.name && a.model == b.model && a.provider == b.provider && a.parameters == b.parameters &&
           a.tier == b.tier && a.finish == b.finish && a.version == b.version && a.promptName == b.promptName &&
           a.promptVersion == b.promptVersion && a.attribution == b.attribution && a.usage == b.usage &&
           a.reportedCost == b.reportedCost && a.parent == b.parent && a.statusMessage == b.statusMessage &&
           a.response == b.response && a.reportedUsage == b.reportedUsage;
}

std::string packed(const ObservationFacts& facts)
{
    std::string bytes;
    appendFacts(bytes, facts);
    return bytes;
}

} // namespace

class FactsTest : public QObject
{
    Q_OBJECT

private slots:
    void whatIsPackedComesBack();
    void unknownStaysUnknown();
    void timesThatWrapComeBack();
    void noPrefixIsTakenForAWhole();
    void damagedBytesAreRefused();
    void reportedUsageKeepsItsOrder();
};

void FactsTest::whatIsPackedComesBack()
{
    const std::string bytes = packed(everything());
    const auto back = readFacts(bytes);
    QVERIFY(back.has_value());
    QVERIFY(areSame(*back, everything()));
}

void FactsTest::unknownStaysUnknown()
{
    const std::string bytes = packed({});
    QCOMPARE(bytes.size(), std::size_t{5}); // four bytes of head and no presence
    const auto back = readFacts(bytes);
    QVERIFY(back.has_value());
    QVERIFY(areSame(*back, {}));
    QVERIFY(!back->usage.uncachedInput.has_value());
    QVERIFY(!back->started.has_value());
}

void FactsTest::timesThatWrapComeBack()
{
    ObservationFacts facts;
    facts.started = std::numeric_limits<std::int64_t>::min();
    facts.ended = std::numeric_limits<std::int64_t>::max();
    const std::string bytes = packed(facts);
    const auto back = readFacts(bytes);
    QVERIFY(back.has_value());
    QVERIFY(areSame(*back, facts));
}

void FactsTest::noPrefixIsTakenForAWhole()
{
    const std::string bytes = packed(everything());
    for (std::size_t size = 0; size < bytes.size(); ++size)
        QVERIFY2(!readFacts(std::string_view(bytes).substr(0, size)), qPrintable(QString::number(size)));
    QVERIFY(!readFacts(bytes + "x"));
}

void FactsTest::damagedBytesAreRefused()
{
    std::string kind = packed({});
    kind[0] = char(99);
    QVERIFY(!readFacts(kind));
    // A bit of presence beyond the fields.
    std::string presence = packed({}).substr(0, 4);
    appendVarint(presence, std::uint64_t{1} << 60);
    QVERIFY(!readFacts(presence));
    // A text longer than what is left.
    ObservationFacts facts;
    facts.reportedUsage = "abc";
    std::string text = packed(facts);
    text[text.size() - 4] = char(100);
    QVERIFY(!readFacts(text));
}

void FactsTest::reportedUsageKeepsItsOrder()
{
    std::string bytes;
    appendReportedUsage(bytes, 12, 3'233);
    appendReportedUsage(bytes, 4, 0);
    const std::vector<std::pair<NameId, TokenCount>> expected = {{12, 3'233}, {4, 0}};
    QVERIFY(readReportedUsage(bytes) == expected);
    QVERIFY(readReportedUsage(std::string_view(bytes).substr(0, 1)).empty());
}

QTEST_APPLESS_MAIN(FactsTest)
#include "facts_test.moc"
