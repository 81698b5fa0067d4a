// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "model/sample/sample.h"

using namespace plumbline;

class SampleOptionsTest : public QObject
{
    Q_OBJECT

private slots:
    void anUnknownDrainIsRefusedWithTheKnownOnes()
    {
        SampleOptions options;
        options.drainIntensity["re-sent-history"] = 0.5;
        const auto refused = options.validated();
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Usage);
        QVERIFY(refused.error().reason.find("'re-sent-history'") != std::string::npos);
        for (const SampleDrainFacts& facts : sampleDrains)
            QVERIFY(refused.error().reason.find(facts.id) != std::string::npos);
        QVERIFY(!generate(
            options, [](const SampleTrace&) { return Result<>(); }, StopToken()));
    }

    void numbersOutOfRangeAreRefused_data()
    {
        QTest::addColumn<qlonglong>("calls");
        QTest::addColumn<int>("months");
        QTest::addColumn<int>("endDay");
        QTest::addColumn<double>("intensity");
        QTest::addColumn<bool>("isValid");
        QTest::newRow("as it is") << 20'000LL << 3 << 1 << 0.1 << true;
        QTest::newRow("no calls") << 0LL << 3 << 1 << 0.1 << false;
        QTest::newRow("no months") << 20'000LL << 0 << 1 << 0.1 << false;
        QTest::newRow("a day that not all months have") << 20'000LL << 3 << 31 << 0.1 << false;
        QTest::newRow("more than everything") << 20'000LL << 3 << 1 << 1.01 << false;
        QTest::newRow("not a number") << 20'000LL << 3 << 1 << qQNaN() << false;
    }
    void numbersOutOfRangeAreRefused()
    {
        QFETCH(qlonglong, calls);
        QFETCH(int, months);
        QFETCH(int, endDay);
        QFETCH(double, intensity);
        QFETCH(bool, isValid);
        SampleOptions options{.calls = calls, .months = months};
        options.end.day = endDay;
        options.drainIntensity["agent-loops"] = intensity;
        QCOMPARE(options.validated().has_value(), isValid);
    }

    void anIntensityIsReadAsTheCommandLineSaysIt_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<double>("intensity"); // below 0: refused
        QTest::newRow("a half") << QByteArray("agent-loops:0.5") << 0.5;
        QTest::newRow("none") << QByteArray("agent-loops:0") << 0.0;
        QTest::newRow("no number") << QByteArray("agent-loops") << -1.0;
        QTest::newRow("something behind") << QByteArray("agent-loops:0.5x") << -1.0;
        QTest::newRow("too much") << QByteArray("agent-loops:2") << -1.0;
        QTest::newRow("nobody knows it") << QByteArray("logged-bytes:0.5") << -1.0;
    }
    void anIntensityIsReadAsTheCommandLineSaysIt()
    {
        QFETCH(QByteArray, text);
        QFETCH(double, intensity);
        const auto parsed = parseDrainIntensity(std::string_view(text.constData(), text.size()));
        QCOMPARE(parsed.has_value(), intensity >= 0);
        if (parsed)
            QCOMPARE(parsed->second, intensity);
    }

    void theDefaultPeriodIsAugustToOctober()
    {
        const Period period = SampleOptions().period();
        QCOMPARE(isoText(period.first), std::string("2026-08-01T00:00:00.000Z"));
        QCOMPARE(isoText(period.end), std::string("2026-11-01T00:00:00.000Z"));
    }
};

QTEST_APPLESS_MAIN(SampleOptionsTest)
#include "options_test.moc"
