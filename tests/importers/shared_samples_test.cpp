// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/places.h"
#include "support/workspace.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace plumbline;
using plumbline::test::TemporaryWorkspace;

/// Real exports and their truth, where the folder of samples is beside the project.
class SharedSamplesTest : public QObject
{
    Q_OBJECT

private slots:
    void everyFileAnswersItsTruth();
};

void SharedSamplesTest::everyFileAnswersItsTruth()
{
    const QString base = test::sharedFolder() + QStringLiteral("/samples/");
    if (!QFile::exists(base))
        QSKIP("the shared samples are not here");
    for (const QString& folder :
         {QStringLiteral("langfuse/own"), QStringLiteral("langfuse/trace-download-json"),
          QStringLiteral("langfuse/trace-download-json-older"), QStringLiteral("langsmith/synthetic_exports"),
          QStringLiteral("langsmith/sdk_fixtures"), QStringLiteral("langsmith/failed_trace_envelope"),
          QStringLiteral("langsmith/parquet_synthetic"), QStringLiteral("otel")}) {
        QFile truthFile(base + folder + QStringLiteral("/truth.json"));
        QVERIFY(truthFile.open(QIODevice::ReadOnly));
        const QJsonObject truth = QJsonDocument::fromJson(truthFile.readAll()).object();
        for (auto expected = truth.begin(); expected != truth.end(); ++expected) {
            const QString name = expected.key();
            // Those are not exports of Langfuse: test vectors, answers of a server, traffic of another protocol.
            if ((name.startsWith(QStringLiteral("otlp")) && folder.startsWith(QStringLiteral("langfuse"))) ||
                name.startsWith(QStringLiteral("oracle")) || name.contains(QStringLiteral("expected")) ||
                name.contains(QStringLiteral("207")))
                continue;
            if (!expected.value().toObject().contains(QStringLiteral("rows")))
                continue; // a bill, not traces
            const QJsonArray rows = expected.value().toObject().value(QStringLiteral("rows")).toArray();
            const TemporaryWorkspace workspace;
            const auto report = workspace.import({(base + folder + '/' + name).toStdString()});
            if (!report && rows.isEmpty())
                continue; // no export, and refused
            QVERIFY2(report, qPrintable(name));
            BreakdownQuestion question;
            question.by = {{Dimension::Model, {}}};
            const auto answer = workspace.queries()->breakdown(question, StopToken());
            QVERIFY(answer);
            QCOMPARE(static_cast<qsizetype>(answer->rows.size()), rows.size());
            for (const QJsonValue& row : rows) {
                const auto found =
                    std::find_if(answer->rows.begin(), answer->rows.end(), [&](const BreakdownRow& candidate) {
                        const QString model = QString::fromStdString(candidate.keys[0]);
                        return model == row[QStringLiteral("model")].toString(QStringLiteral("(none)")) ||
                               row[QStringLiteral("model_aliases")].toArray().contains(model);
                    });
                QVERIFY2(found != answer->rows.end(), qPrintable(name));
                const auto compare = [&](const char* key, const std::optional<TokenCount>& tokens) {
                    const QJsonValue want = row[QLatin1String(key)];
                    const QJsonValue got =
                        tokens ? QJsonValue(static_cast<qint64>(*tokens)) : QJsonValue(QJsonValue::Null);
                    QVERIFY2(want == got, qPrintable(name + ' ' + QLatin1String(key)));
                };
                compare("calls", found->measures.calls);
                compare("calls_without_usage", found->measures.callsWithoutUsage);
                compare("input_tokens", found->measures.input);
                compare("cache_read_tokens", found->measures.cacheRead);
                compare("cache_write_tokens", found->measures.cacheWrite);
                compare("output_tokens", found->measures.output);
                compare("reasoning_tokens", found->measures.reasoning);
            }
        }
    }
}

QTEST_GUILESS_MAIN(SharedSamplesTest)
#include "shared_samples_test.moc"
