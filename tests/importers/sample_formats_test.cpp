// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/workspace.h"

#include "model/sample/sample.h"
#include "model/sample/writers.h"

using namespace plumbline;
using plumbline::test::TemporaryWorkspace;

/// The same company's traces, as each vendor writes them.
class SampleFormatsTest : public QObject
{
    Q_OBJECT

private slots:
    void everyVendorsFileGivesOneAnswer();
};

void SampleFormatsTest::everyVendorsFileGivesOneAnswer()
{
    const auto answerOf = [](SampleFormat format) {
        std::string text;
        const auto written = generate(
            SampleOptions{.calls = 400},
            [&](const SampleTrace& trace) -> Result<> {
                append(text, trace, format);
                return {};
            },
            StopToken());
        const TemporaryWorkspace workspace;
        if (!written)
            return written.error().text();
        const auto report = workspace.import({workspace.write("sample.jsonl", text)});
        if (!report)
            return report.error().text();
        if (!report->skipped.empty())
            return report->skipped[0].reason;
        // Not by model: who failed has no answer, and is known by the name that was asked for.
        return workspace.breakdown({Dimension::Feature, Dimension::Step}) + "\n" +
               workspace.breakdown({Dimension::Day});
    };
    const std::string expected = answerOf(SampleFormat::Langfuse);
    QVERIFY2(expected.find(", cost 0.") != std::string::npos, expected.c_str());
    for (const SampleFormat format : {SampleFormat::LangfuseObservations, SampleFormat::Langsmith, SampleFormat::Otlp})
        QCOMPARE(QString::fromStdString(answerOf(format)), QString::fromStdString(expected));
}

QTEST_GUILESS_MAIN(SampleFormatsTest)
#include "sample_formats_test.moc"
