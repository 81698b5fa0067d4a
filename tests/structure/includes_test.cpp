// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QtTest>

#include <algorithm>

#include "support/places.h"

/// The layers, rooms and doors of the house, read off every source file.
class IncludesTest : public QObject
{
    Q_OBJECT

private slots:
    void everySourceKeepsTheRules();
    void aWrongSourceIsFound_data();
    void aWrongSourceIsFound();
    void aRightSourceIsNot_data();
    void aRightSourceIsNot();
    void everySourceSaysItsLicence();
    void noFileIsTwoConcepts();
};

namespace {

struct Source
{
    QString path; ///< from the top of the tree
    QString text;
};

QList<Source> sourcesIn(const QStringList& folders)
{
    QList<Source> found;
    const QString top = plumbline::test::sourceFolder() + QLatin1Char('/');
    for (const QString& folder : folders) {
        QDirIterator walk(top + folder, {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
                          QDirIterator::Subdirectories);
        while (walk.hasNext()) {
            QFile file(walk.next());
            if (file.open(QIODevice::ReadOnly))
                found.append({file.fileName().mid(top.size()), QString::fromUtf8(file.readAll())});
        }
    }
    return found;
}

QList<Source> layers()
{
    return sourcesIn(
        {QStringLiteral("app"), QStringLiteral("ui"), QStringLiteral("model"), QStringLiteral("importers")});
}

QString text(const char* words)
{
    return QString::fromUtf8(words);
}

/// A part of the house and what it sees besides itself. The first that fits a path is the one.
struct Room
{
    const char* folder;
    QStringList sees;
};

QList<Room> rooms()
{
    const auto sees = [](const char* folders) { return text(folders).split(' ', Qt::SkipEmptyParts); };
    return {
        {"model/core/", {}},
        {"model/store/", sees("model/core/")},
        {"model/prices/", sees("model/core/ resources/prices/")},
        {"model/prompts/", sees("model/core/")},
        {"model/sample/", sees("model/core/")},
        {"model/record/", sees("model/core/ model/store/ model/prices/ model/prompts/")},
        {"model/analysis/", sees("model/core/ model/store/ model/prices/ model/prompts/ model/record/")},
        {"model/simulation/", sees("model/core/ model/store/ model/prices/ model/prompts/ model/analysis/")},
        {"model/spend/", sees("model/core/ model/store/")},
        {"model/queries/", sees("model/core/ model/store/ model/prices/ model/record/ model/analysis/ "
                                "model/simulation/ model/spend/")},
        {"model/items/", sees("model/core/ model/queries/ model/analysis/ model/simulation/ model/spend/")},
        {"model/jobs/", sees("model/core/")},
        {"importers/", sees("model/core/ model/record/")},
        {"ui/", sees("model/core/ model/queries/ model/analysis/ model/simulation/ model/spend/ model/items/ "
                     "model/jobs/")},
        {"app/", sees("importers/ ui/ model/core/ model/store/ model/prices/ model/sample/ model/record/ "
                      "model/queries/ model/analysis/ model/simulation/ model/spend/ model/jobs/")},
    };
}

/// Who may include a library, and who may say a word outside comments.
struct Door
{
    QRegularExpression what;
    QRegularExpression allowed;
    const char* why;
};

Door door(const char* what, const char* allowed, const char* why)
{
    return {QRegularExpression(text(what)), QRegularExpression(text(allowed)), why};
}

const QList<Door>& libraries()
{
    static const QList<Door> all = {
        door("^sqlite3(ext)?\\.h$", "^model/store/", "one door to SQLite"),
        door("^qcustomplot\\.h$", "^ui/charts/", "one door to QCustomPlot"),
        door("^simdjson", "^importers/json/", "one door to simdjson"),
        door("^nlohmann/", "^(app|model/(prices|record|analysis|simulation|spend|queries))/",
             "nlohmann reads and writes small documents only"),
        door("^(Q[A-Z]|Qt|q(?!customplot)[a-z_]+\\.h$)", "^(app|ui|model/(items|jobs))/",
             "neither importers nor the model below items and jobs see Qt"),
        door("^Q(Application|Widget|Painter|Pixmap|Color|Font|Gui|Icon|Brush|Pen|Palette)", "^(app|ui)/",
             "what is in model paints nothing"),
        door("^(QtCore/)?QSettings", "^app/", "settings are the application's"),
        door("^(thread|mutex|shared_mutex|condition_variable|future|semaphore|latch|barrier|pthread\\.h)$",
             "^(model/jobs|importers/collector)/", "threads live in jobs and in the collector"),
        door("^(QtCore/|QtConcurrent/)?Q(Thread|ThreadPool|Mutex|Future|FutureWatcher|Promise|tConcurrent)",
             "^model/jobs/", "threads live in jobs"),
        door("^boost/", "^importers/collector/", "one door to Boost"),
        door("^qpdf/", "^ui/reports/pdf_finish\\.cpp", "one door to qpdf"),
        door("^xlsxwriter", "^ui/reports/report_xlsx\\.cpp", "one door to libxlsxwriter"),
    };
    return all;
}

const QList<Door>& words()
{
    static const QList<Door> all = {
        door("\\bstd::(thread|jthread|mutex|shared_mutex|recursive_mutex|condition_variable|async)\\b",
             "^(model/jobs|importers/collector)/", "threads live in jobs and in the collector"),
        door("\\bQ(Thread|ThreadPool|Mutex|tConcurrent)\\b", "^model/jobs/", "threads live in jobs"),
        door("\\bQSettings\\b", "^app/", "settings are the application's"),
        door("\\bsqlite3_\\w+", "^model/store/", "one door to SQLite"),
        door("\\b(tr|QT_TR_NOOP|QT_TRANSLATE_NOOP)\\(", "^(app|ui|model/items)/",
             "what is below items has no user to speak to"),
    };
    return all;
}

QString withoutComments(QString code)
{
    static const QRegularExpression comment(QStringLiteral("//[^\\n]*"));
    return code.remove(comment);
}

/// What a source does that it may not, one line each.
QStringList complaintsAbout(const Source& source)
{
    QStringList wrong;
    const QList<Room> all = rooms();
    const auto room = std::find_if(
        all.begin(), all.end(), [&](const Room& candidate) { return source.path.startsWith(text(candidate.folder)); });
    if (room == all.end())
        return {source.path + text(" stands in a room that has not said what it sees")};
    static const QRegularExpression include(QStringLiteral("^\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"]"),
                                            QRegularExpression::MultilineOption);
    static const QRegularExpression ours(QStringLiteral("^(app|ui|model|importers|resources|tests)/"));
    for (auto match = include.globalMatch(source.text); match.hasNext();) {
        const QString what = match.next().captured(1);
        const auto isIn = [&](const QString& folder) { return what.startsWith(folder); };
        if (what.contains(ours) && !isIn(text(room->folder)) &&
            !std::any_of(room->sees.begin(), room->sees.end(), isIn))
            wrong.append(source.path + text(" includes ") + what + text(", which ") + text(room->folder) +
                         text(" does not see"));
        // Every own file is named from the top, or no rule would know it.
        if (what.startsWith(QLatin1Char('.')))
            wrong.append(source.path + text(" includes ") + what + text(", which is not named from the top"));
        for (const Door& library : libraries())
            if (what.contains(library.what) && !source.path.contains(library.allowed))
                wrong.append(source.path + text(" includes ") + what + text(": ") + text(library.why));
    }
    const QString code = withoutComments(source.text);
    for (const Door& word : words()) {
        const auto said = word.what.match(code);
        if (said.hasMatch() && !source.path.contains(word.allowed))
            wrong.append(source.path + text(" says ") + said.captured() + text(": ") + text(word.why));
    }
    return wrong;
}

} // namespace

void IncludesTest::everySourceKeepsTheRules()
{
    const QList<Source> all = layers();
    QVERIFY(all.size() > 100);
    QStringList wrong;
    for (const Source& source : all)
        wrong += complaintsAbout(source);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join('\n')));
}

void IncludesTest::aWrongSourceIsFound_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("code");
    const auto row = [](const char* claim, const char* path, const char* code) {
        QTest::newRow(claim) << text(path) << text(code);
    };
    row("ui sees importers", "ui/pages/a.cpp", "#include \"importers/format.h\"\n");
    row("ui sees rows", "ui/a.h", "#include \"model/store/database.h\"\n");
    row("ui sees the recorder", "ui/a.h", "#include \"model/record/recorder.h\"\n");
    row("ui sees prices", "ui/a.h", "#include \"model/prices/rates.h\"\n");
    row("ui sees samples", "ui/a.h", "#include \"model/sample/sample.h\"\n");
    row("ui sees app", "ui/a.cpp", "#include \"app/command.h\"\n");
    row("importers see ui", "importers/a.cpp", "#include \"ui/theme/theme.h\"\n");
    row("importers see app", "importers/formats/a.cpp", "#include \"app/command.h\"\n");
    row("importers see Qt", "importers/a.cpp", "#include <QString>\n");
    row("model sees importers", "model/record/a.cpp", "#include \"importers/format.h\"\n");
    row("the core sees the store", "model/core/a.cpp", "#include \"model/store/names.h\"\n");
    row("the store sees the recorder", "model/store/a.cpp", "#include \"model/record/recorder.h\"\n");
    row("the recorder sees queries", "model/record/a.cpp", "#include \"model/queries/queries.h\"\n");
    row("queries see items", "model/queries/a.cpp", "#include \"model/items/cell.h\"\n");
    row("queries see samples", "model/queries/a.cpp", "#include \"model/sample/sample.h\"\n");
    row("Qt in the core", "model/core/a.h", "  # include <QtCore/qglobal.h>\n");
    row("Qt's small letters in the core", "model/core/a.h", "#include <qstring.h>\n");
    row("paint in items", "model/items/a.cpp", "#include <QColor>\n");
    row("SQLite in queries", "model/queries/a.cpp", "#include <sqlite3.h>\n");
    row("SQLite by hand", "model/record/a.cpp", "int sqlite3_open(const char*, void**);\n");
    row("a plot in pages", "ui/pages/a.cpp", "#include <qcustomplot.h>\n");
    row("simdjson in a format", "importers/formats/a.cpp", "#include <simdjson.h>\n");
    row("nlohmann in importers", "importers/a.cpp", "#include <nlohmann/json.hpp>\n");
    row("qpdf in pages", "ui/pages/a.cpp", "#include <qpdf/QPDF.hh>\n");
    row("a workbook in reports' layout", "ui/reports/report_layout.cpp", "#include <xlsxwriter.h>\n");
    row("Boost", "importers/input/a.cpp", "#include <boost/beast.hpp>\n");
    row("a thread in importers", "importers/a.cpp", "#include <thread>\n");
    row("a thread by name", "ui/a.cpp", "std::thread worker;\n");
    row("a thread of Qt's", "ui/a.cpp", "#include <QThread>\n");
    row("settings in ui", "ui/a.cpp", "#include <QSettings>\n");
    row("speech below items", "model/queries/a.cpp", "auto title = tr(\"Cost\");\n");
    row("a way around the names", "ui/a.cpp", "#include \"../importers/format.h\"\n");
    row("a room nobody knows", "model/guesses/a.cpp", "");
}

void IncludesTest::aWrongSourceIsFound()
{
    QFETCH(QString, path);
    QFETCH(QString, code);
    QVERIFY(!complaintsAbout({path, code}).isEmpty());
}

void IncludesTest::aRightSourceIsNot_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("code");
    const auto row = [](const char* claim, const char* path, const char* code) {
        QTest::newRow(claim) << text(path) << text(code);
    };
    row("app composes", "app/a.cpp", "#include \"ui/main_window.h\"\n#include \"importers/file_import.h\"\n");
    row("a queue is no Qt", "model/core/a.cpp", "#include <queue>\n");
    row("a comment is no thread", "model/core/a.h", "int x; ///< not a std::thread\n");
    row("str( is not tr(", "model/core/a.cpp", "auto a = str(1);\n");
    row("the plot's own folder", "ui/charts/a.cpp", "#include <qcustomplot.h>\n");
    row("the collector's server", "importers/collector/a.cpp", "#include <boost/beast.hpp>\n#include <thread>\n");
    row("a job's thread", "model/jobs/a.cpp", "#include <QString>\n#include <thread>\n");
}

void IncludesTest::aRightSourceIsNot()
{
    QFETCH(QString, path);
    QFETCH(QString, code);
    const QStringList wrong = complaintsAbout({path, code});
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join('\n')));
}

void IncludesTest::everySourceSaysItsLicence()
{
    QStringList silent;
    for (const Source& source : layers() + sourcesIn({QStringLiteral("tests"), QStringLiteral("resources")}))
        if (!source.text.startsWith(QStringLiteral("// SPDX-License-Identifier: GPL-3.0-or-later\n")))
            silent.append(source.path);
    QVERIFY2(silent.isEmpty(), qPrintable(silent.join('\n')));
}

void IncludesTest::noFileIsTwoConcepts()
{
    // Tests grow with the data written in them; these two are one table of cases each.
    const QStringList tables = {QStringLiteral("tests/importers/tst_split_prompt.cpp"),
                                QStringLiteral("tests/prices/tst_price_book.cpp")};
    constexpr qsizetype mostLines = 400;
    QStringList tooLong;
    for (const Source& source : layers() + sourcesIn({QStringLiteral("tests"), QStringLiteral("resources")}))
        if (const qsizetype lines = source.text.count('\n'); lines > mostLines && !tables.contains(source.path))
            tooLong.append(source.path + text(" has ") + QString::number(lines) + text(" lines"));
    QVERIFY2(tooLong.isEmpty(), qPrintable(tooLong.join('\n')));
}

QTEST_APPLESS_MAIN(IncludesTest)
#include "includes_test.moc"
