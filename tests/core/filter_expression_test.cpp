// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <random>

#include "model/core/filter_expression.h"

using namespace plumbline;

/// Filters as one types them.
class FilterExpressionTest : public QObject
{
    Q_OBJECT

private slots:
    void partsAreRead();
    void whatCannotBeUnderstoodSaysWhere_data();
    void whatCannotBeUnderstoodSaysWhere();
    void expressionsComeBackFromTheirConditions();
    void anyValueComesBack();
    void amountsAreRead_data();
    void amountsAreRead();
    void amountsThatAreNoneAreRefused();
    void noBytesCrashIt();
};

void FilterExpressionTest::partsAreRead()
{
    const FilterExpression read = readExpression("feature:support-chat model~opus,sonnet cost>0.10 -user:ann "
                                                 "drain:resent-history latency<=2s \"late refund\" -draft");
    QVERIFY2(read.isValid(), read.problem.c_str());
    const std::vector<Condition> wanted = {
        {.of = {Dimension::Feature, {}}, .values = {"support-chat"}},
        {.of = {Dimension::Model, {}}, .values = {"opus", "sonnet"}, .match = Match::Contains},
        {.of = {Dimension::Cost, {}}, .values = {"0.10"}, .match = Match::More},
        {.of = {Dimension::User, {}}, .isExcluded = true, .values = {"ann"}},
        {.of = {Dimension::Drain, {}}, .values = {"resent-history"}},
        {.of = {Dimension::Latency, {}}, .values = {"2s"}, .match = Match::OrLess},
        {.of = {Dimension::Text, {}}, .values = {"late refund"}, .match = Match::Contains},
        {.of = {Dimension::Text, {}}, .isExcluded = true, .values = {"draft"}, .match = Match::Contains},
    };
    QCOMPARE(read.conditions.size(), wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i)
        QVERIFY2(read.conditions[i] == wanted[i], std::to_string(i).c_str());
    // A minus and a stroke cancel out; so do spellings of the same sign.
    QVERIFY(readExpression("-user!=ann").conditions == readExpression("user:ann").conditions);
    QVERIFY(readExpression("user=ann").conditions == readExpression("user:ann").conditions);
    QVERIFY(readExpression("  \t ").conditions.empty());
}

void FilterExpressionTest::whatCannotBeUnderstoodSaysWhere_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("place");
    QTest::newRow("unknown field") << "model:a colour:blue" << 8;
    QTest::newRow("no value") << "model:" << 6;
    QTest::newRow("no second value") << "model:a," << 8;
    QTest::newRow("open quotes") << "user:\"ann" << 5;
    QTest::newRow("no amount") << "cost>much" << 0;
    QTest::newRow("a negative amount") << "cost>-1" << 0;
    QTest::newRow("two amounts") << "cost>1,2" << 0;
    QTest::newRow("a figure by name") << "cost:1" << 0;
    QTest::newRow("a name by amount") << "user>3" << 0;
    QTest::newRow("part of a trace") << "trace~abc" << 0;
    QTest::newRow("nothing to look for") << "model:a \" \"" << 8;
    QTest::newRow("a key without a sign") << "metadata.\"a b\" x" << 14;
    QTest::newRow("a key without its quotes") << "metadata.\"a b" << 9;
    QTest::newRow("glued") << "user:\"ann\"x" << 10;
}

void FilterExpressionTest::whatCannotBeUnderstoodSaysWhere()
{
    QFETCH(QString, text);
    QFETCH(int, place);
    const FilterExpression read = readExpression(text.toStdString());
    QVERIFY(!read.isValid());
    QCOMPARE(static_cast<int>(read.problemAt), place);
    QCOMPARE(conditionsFromExpression(text.toStdString()).error().kind, ErrorKind::Usage);
}

void FilterExpressionTest::expressionsComeBackFromTheirConditions()
{
    for (const char* text :
         {"feature:support-chat", "tokens:unknown", "-cost:unknown", "-feature:a,b", "model~opus", "-model~opus",
          "cost>0.10 cost<=2", "\"late refund\"", "-\"late refund\"", "user:\"Ann B\",\"with \\\"quotes\\\"\"",
          "metadata.tenant:acme", "day:2026-10-01", "hour:\"2026-10-01 14:00\"", "trace:abc-123", "user:http://x",
          "\"a \\\\ b\"", "metadata.\"app:tenant\":acme", "metadata.\"a \\\"b\\\"\"~c", "-metadata.\"x<y\":1,2"}) {
        const FilterExpression read = readExpression(text);
        QVERIFY2(read.isValid(), read.problem.c_str());
        QCOMPARE(expressionOf(read.conditions), std::string(text));
    }
}

void FilterExpressionTest::anyValueComesBack()
{
    std::mt19937 random(7);
    const std::string letters = "ab \"\\,:=~<>!-(\t\xC3\xA9";
    for (int round = 0; round < 2000; ++round) {
        std::string value;
        const auto length = 1 + random() % 8;
        for (unsigned i = 0; i < length; ++i)
            value += letters[random() % letters.size()];
        const std::vector<Condition> conditions = {
            {.of = {Dimension::User, {}}, .isExcluded = random() % 2 == 0, .values = {value, "x"}}};
        const FilterExpression read = readExpression(expressionOf(conditions));
        QVERIFY2(read.conditions == conditions, expressionOf(conditions).c_str());
    }
}

void FilterExpressionTest::amountsAreRead_data()
{
    QTest::addColumn<int>("figure");
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("amount");
    const auto row = [](Dimension figure, const char* text, qint64 amount) {
        QTest::newRow(text) << static_cast<int>(figure) << text << amount;
    };
    row(Dimension::Cost, "0.10", 100'000'000'000);
    row(Dimension::Waste, "$2", 2'000'000'000'000);
    row(Dimension::Cost, "0.000000000001", 1);
    row(Dimension::Tokens, "4000", 4000);
    row(Dimension::InputTokens, "4k", 4000);
    row(Dimension::OutputTokens, "1.5M", 1'500'000);
    row(Dimension::Latency, "2", 2'000'000);
    row(Dimension::Latency, "350ms", 350'000);
    row(Dimension::Latency, "1.5s", 1'500'000);
    row(Dimension::Latency, "3m", 180'000'000);
}

void FilterExpressionTest::amountsAreRead()
{
    QFETCH(int, figure);
    QFETCH(QString, text);
    QFETCH(qint64, amount);
    const auto read = amountFrom(static_cast<Dimension>(figure), text.toStdString());
    QVERIFY2(read, read ? "" : read.error().text().c_str());
    QCOMPARE(*read, std::int64_t{amount});
}

void FilterExpressionTest::amountsThatAreNoneAreRefused()
{
    for (const char* text : {"", "k", "ms", "-1", "1x", "nan", "inf", "1e400", "9999999999M", "1 2"})
        for (const Dimension figure : {Dimension::Cost, Dimension::Tokens, Dimension::Latency})
            if (const auto read = amountFrom(figure, text))
                QFAIL((std::string(text) + " was read as " + std::to_string(*read)).c_str());
}

void FilterExpressionTest::noBytesCrashIt()
{
    std::mt19937 random(11);
    for (int round = 0; round < 20'000; ++round) {
        std::string text;
        const auto length = random() % 24;
        for (unsigned i = 0; i < length; ++i)
            text += random() % 3 == 0 ? static_cast<char>(random() % 256) : "user:\"\\,->= cost<2"[random() % 18];
        const FilterExpression read = readExpression(text);
        for (const ExpressionPiece& piece : read.pieces)
            QVERIFY(piece.first + piece.count <= text.size());
        QVERIFY(read.isValid() || read.problemAt <= text.size());
    }
}

QTEST_APPLESS_MAIN(FilterExpressionTest)
#include "filter_expression_test.moc"
