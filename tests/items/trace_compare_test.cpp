// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "model/items/pretty_text.h"
#include "model/items/trace_compare.h"

using namespace plumbline;
using namespace Qt::StringLiterals;

/// Traces and texts beside one another and indented.
class TraceCompareTest : public QObject
{
    Q_OBJECT

private:
    static TraceAnswer traceOf(const QStringList& names)
    {
        TraceAnswer trace;
        for (const QString& name : names)
            trace.steps.push_back({.depth = name.startsWith(u'-') ? 1 : 0, .name = name.toStdString()});
        return trace;
    }
    static QString textOf(const std::vector<StepPair>& pairs)
    {
        QStringList lines;
        for (const StepPair& pair : pairs)
            lines += (pair.left && pair.right ? u"="_s
                      : pair.left             ? u"<"_s
                                              : u">"_s) +
                     QString::fromStdString(pair.any().name);
        return lines.join(u' ');
    }

private slots:
    void stepsAreAligned()
    {
        QCOMPARE(textOf(alignedSteps(traceOf({u"a"_s, u"-b"_s, u"-c"_s, u"-d"_s}),
                                     traceOf({u"a"_s, u"-c"_s, u"-x"_s, u"-d"_s}))),
                 u"=a <-b =-c >-x =-d"_s);
        QCOMPARE(textOf(alignedSteps(traceOf({}), traceOf({u"a"_s}))), u">a"_s);
        // The same name at another depth is another step.
        TraceAnswer deep = traceOf({u"a"_s});
        deep.steps[0].depth = 3;
        QCOMPARE(textOf(alignedSteps(traceOf({u"a"_s}), deep)), u"<a >a"_s);
    }

    void jsonIsIndentedInItsOrder_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("pretty");
        QTest::newRow("members") << u"{\"b\":1,\"a\":[true,null]}"_s
                                 << u"{\n  \"b\": 1,\n  \"a\": [\n    true,\n    null\n  ]\n}"_s;
        QTest::newRow("empty ones") << u"{\"a\":{},\"b\":[ ]}"_s << u"{\n  \"a\": {},\n  \"b\": []\n}"_s;
        QTest::newRow("brackets in strings") << u"[\"{\\\"[\",\"]\"]"_s << u"[\n  \"{\\\"[\",\n  \"]\"\n]"_s;
        QTest::newRow("text") << u"hello {you}"_s << QString();
        QTest::newRow("cut off") << u"{\"a\":[1,2}"_s << QString();
        QTest::newRow("string cut off") << u"{\"a}"_s << QString();
        QTest::newRow("nothing") << QString() << QString();
    }
    void jsonIsIndentedInItsOrder()
    {
        QFETCH(QString, text);
        QFETCH(QString, pretty);
        QCOMPARE(prettyJson(text).value_or(QString()), pretty);
    }

    void depthIsNoFlood()
    {
        const QString deep = QString(20'000, u'[') + QString(20'000, u']');
        const auto pretty = prettyJson(deep);
        QVERIFY(pretty && pretty->size() < deep.size() * 60);
    }
};

QTEST_APPLESS_MAIN(TraceCompareTest)
#include "trace_compare_test.moc"
