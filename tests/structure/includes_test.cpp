// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QtTest>

/// The layers and doors of the house, read off every #include.
class IncludesTest : public QObject
{
    Q_OBJECT

private slots:
    void everyIncludeGoesTheRightWay();
    void everySourceSaysItsLicence();
};

namespace {

struct Source
{
    QString path; ///< from the top of the tree
    QString text;
};

QList<Source> sources()
{
    QList<Source> found;
    const QString top = QStringLiteral(PLUMBLINE_SOURCE_DIR "/");
    for (const QString& layer :
         {QStringLiteral("app"), QStringLiteral("ui"), QStringLiteral("model"), QStringLiteral("importers")}) {
        QDirIterator walk(top + layer, {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
                          QDirIterator::Subdirectories);
        while (walk.hasNext()) {
            QFile file(walk.next());
            if (file.open(QIODevice::ReadOnly))
                found.append({file.fileName().mid(top.size()), QString::fromUtf8(file.readAll())});
        }
    }
    return found;
}

struct Rule
{
    QString include; ///< a pattern of what is included
    QString allowed; ///< a pattern of who may
    const char* why;
};

QList<Rule> rules()
{
    const auto rule = [](const char* include, const char* allowed, const char* why) {
        return Rule{QLatin1String(include), QLatin1String(allowed), why};
    };
    return {
        rule("^app/", "^app/", "only app knows app"),
        rule("^ui/", "^(app|ui)/", "only app and ui know ui"),
        rule("^importers/", "^(app|importers)/", "ui and model never see importers"),
        rule("^model/(store|record|prices|sample|prompts)/", "^(app|importers|model)/",
             "the window asks queries, not rows"),
        rule("^model/(items|jobs)/", "^(ui|model/(items|jobs))/", "items and jobs are the window's"),
        rule("^model/store/", "^(app|model/(store|record|queries))/",
             "rows are the store's, the recorder's and the queries'"),
        rule("^sqlite3\\.h", "^model/store/", "one door to SQLite"),
        rule("^qcustomplot\\.h", "^ui/charts/", "one door to QCustomPlot"),
        rule("^simdjson", "^importers/json/", "one door to simdjson"),
        rule("^nlohmann/", "^(app|model/(prices|record|queries))/", "nlohmann reads small documents only"),
        rule("^(Q[A-Z]|Qt)", "^(app|ui|model/(items|jobs))/", "nothing of the model below items and jobs includes Qt"),
        rule("^QSettings", "^app/", "settings are the application's"),
        rule("^(thread|mutex|condition_variable|QThread|QtConcurrent|QThreadPool|future)$", "^model/jobs/",
             "threads live in jobs"),
        rule("^boost/", "^importers/collector/", "Boost is the collector's"),
    };
}

} // namespace

void IncludesTest::everyIncludeGoesTheRightWay()
{
    static const QRegularExpression include(QStringLiteral("^\\s*#include\\s*[<\"]([^>\"]+)[>\"]"),
                                            QRegularExpression::MultilineOption);
    const QList<Source> all = sources();
    QVERIFY(all.size() > 100);
    QStringList wrong;
    for (const Source& source : all) {
        for (auto match = include.globalMatch(source.text); match.hasNext();) {
            const QString what = match.next().captured(1);
            for (const Rule& rule : rules())
                if (what.contains(QRegularExpression(rule.include)) &&
                    !source.path.contains(QRegularExpression(rule.allowed)))
                    wrong.append(source.path + QStringLiteral(" includes ") + what + QStringLiteral(": ") +
                                 QLatin1String(rule.why));
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join('\n')));
}

void IncludesTest::everySourceSaysItsLicence()
{
    for (const Source& source : sources())
        QVERIFY2(source.text.startsWith(QStringLiteral("// SPDX-License-Identifier: GPL-3.0-or-later\n")),
                 qPrintable(source.path));
}

QTEST_APPLESS_MAIN(IncludesTest)
#include "includes_test.moc"
