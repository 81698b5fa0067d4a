// SPDX-License-Identifier: GPL-3.0-or-later
#include <QClipboard>
#include <QElapsedTimer>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>

#include "support/collecting.h"

#include "app/workspace_changes.h"
#include "model/items/fact_table.h"
#include "model/items/format.h"
#include "ui/main_window.h"
#include "ui/pages/collector_card.h"
#include "ui/pages/collector_dialog.h"
#include "ui/widgets/data_table.h"
#include "ui/window_memory.h"

using namespace plumbline;
using namespace plumbline::test;

namespace {

/// A call of a feature of its own.
std::string callOf(const std::string& feature, int number)
{
    std::string text(span);
    const auto put = [&](std::string_view what, const std::string& by) {
        text.replace(text.find(what), what.size(), by);
    };
    char id[17], trace[33];
    std::snprintf(id, sizeof id, "%016x", number + 1);
    std::snprintf(trace, sizeof trace, "%032x", number + 1);
    put("0102030405060708090a0b0c0d0e0f10", trace);
    put("0102030405060708\"", std::string(id) + "\"");
    put("{\"key\":\"gen_ai.operation.name\"",
        "{\"key\":\"feature\",\"value\":{\"stringValue\":\"" + feature + "\"}},{\"key\":\"gen_ai.operation.name\"");
    return text;
}

} // namespace

/// The window with its own collector: what SDKs send appears while one looks.
class CollectorWindowTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void whatIsSentAppears();
    void selectionAndScrollStayWhereTheyAre();
    void anImportAndTheCollectorTakeTurns();
    void anotherWorkspaceIsAnothersToRecord();
    void whatCannotBeStartedIsSaid();
    void theCardSaysWhereThingsGo();
    void settingsAreAppliedAndKept();

private:
    TemporaryWorkspace m_files;
    TransientMemory m_memory;
    std::unique_ptr<Collector> m_collector;
    std::unique_ptr<ImportService> m_imports;
    std::unique_ptr<WorkspaceService> m_workspaces;
    std::unique_ptr<MainWindow> m_window;
    std::filesystem::path m_path;
    int m_number = 0;

    void post(const std::string& feature)
    {
        HttpClient client(portOf(*m_collector));
        QCOMPARE(client.request("POST", "/v1/traces", json, callOf(feature, m_number++)).status, 200);
    }
    DataTable& table(const QString& name)
    {
        for (DataTable* one : m_window->findChildren<DataTable*>())
            if (one->accessibleName() == name)
                return *one;
        qFatal("no table %s", qPrintable(name));
    }
    QLabel& label(const QString& name)
    {
        for (QLabel* one : m_window->findChildren<QLabel*>())
            if (one->accessibleName() == name)
                return *one;
        qFatal("no label %s", qPrintable(name));
    }
    QPushButton* findButton(const QString& name)
    {
        for (QPushButton* one : m_window->findChildren<QPushButton*>())
            if (one->accessibleName() == name)
                return one;
        return nullptr;
    }
    QPushButton& button(const QString& name)
    {
        if (QPushButton* one = findButton(name))
            return *one;
        qFatal("no button %s", qPrintable(name));
    }
    int rowOf(DataTable& rows, const QString& feature)
    {
        for (int row = 0; row < rows.facts().rowCount(); ++row)
            if (rows.facts().data(rows.facts().index(row, 0)).toString() == feature)
                return row;
        return -1;
    }
};

void CollectorWindowTest::init()
{
    m_memory.keepCollector(R"({"port":0,"starts_by_itself":true})");
    m_collector = std::make_unique<Collector>("a window");
    const AskForWay askForWay = [this](const std::filesystem::path& path) { return m_collector->giveWay(path); };
    m_imports = fileImportService(askForWay);
    m_workspaces = workspaceChanges(askForWay);
    m_window = std::make_unique<MainWindow>(Services{*m_imports, *m_workspaces, m_memory, {}, m_collector.get()});
    m_window->resize(1440, 900);
    m_window->show();
    m_path = m_files.folder() / (std::string(QTest::currentTestFunction()) + ".plumb");
    const auto file = m_files.write("first.json", callOf("first", m_number++) + "\n");
    QVERIFY(m_imports->import(m_path, {.paths = {file}}, {}, StopToken()));
    m_window->openWorkspace(m_path);
    QTRY_VERIFY_WITH_TIMEOUT(m_collector->status().isRunning, 20'000);
}

void CollectorWindowTest::cleanup()
{
    m_window.reset();
    m_collector.reset();
}

void CollectorWindowTest::whatIsSentAppears()
{
    m_window->showPage(QStringLiteral("features"));
    DataTable& features = table(QStringLiteral("Token breakdown"));
    QTRY_COMPARE_WITH_TIMEOUT(rowOf(features, QStringLiteral("first")), 0, 20'000);
    QElapsedTimer clock;
    clock.start();
    post("support");
    QTRY_VERIFY_WITH_TIMEOUT(rowOf(features, QStringLiteral("support")) >= 0, 20'000);
    qInfo("a post was on the page after %lld ms", clock.elapsed());
    QTRY_VERIFY(label(QStringLiteral("Collector status")).text().contains(QStringLiteral("Collector on")));
    QVERIFY(label(QStringLiteral("Collector status")).text().contains(QStringLiteral("0 rejected")));
    HttpClient client(portOf(*m_collector));
    QCOMPARE(client.request("POST", "/v1/traces", json, "{").status, 400);
    QTRY_VERIFY(label(QStringLiteral("Collector status")).text().contains(QStringLiteral("1 rejected")));
    m_window->showPage(QStringLiteral("sources"));
    QTRY_COMPARE_WITH_TIMEOUT(table(QStringLiteral("Imported")).facts().rowCount(), 2, 20'000);
    QVERIFY(label(QStringLiteral("Last trouble of the collector")).text().contains(QStringLiteral("not valid JSON")));
    const QString settings = label(QStringLiteral("Settings to copy")).text();
    QVERIFY(settings.contains(toQt(m_collector->status().address)));
    button(QStringLiteral("Copy the settings of this SDK")).click();
    QCOMPARE(QGuiApplication::clipboard()->text(), settings);
    if (const QByteArray folder = qgetenv("PLUMBLINE_PICTURES"); !folder.isEmpty())
        for (const ThemeChoice theme : {ThemeChoice::Light, ThemeChoice::Dark})
            m_window->pagePicture(QStringLiteral("sources"), theme)
                .save(QString::fromUtf8(folder) + QStringLiteral("/collector-%1.png").arg(static_cast<int>(theme)));
    button(QStringLiteral("Stop the collector")).click();
    QTRY_COMPARE_WITH_TIMEOUT(label(QStringLiteral("Collector status")).text(), QStringLiteral("Collector off"),
                              20'000);
    QVERIFY(!m_collector->status().isRunning);
}

void CollectorWindowTest::selectionAndScrollStayWhereTheyAre()
{
    for (int i = 0; i < 60; ++i)
        post("feature-" + std::to_string(10 + i));
    m_window->showPage(QStringLiteral("features"));
    DataTable& features = table(QStringLiteral("Token breakdown"));
    QTRY_VERIFY_WITH_TIMEOUT(rowOf(features, QStringLiteral("feature-69")) >= 0, 20'000);
    features.sortByColumn(0, Qt::AscendingOrder);
    const int row = rowOf(features, QStringLiteral("feature-42"));
    features.selectRow(row);
    features.verticalScrollBar()->setValue(features.verticalScrollBar()->maximum() / 2);
    const int scrolled = features.verticalScrollBar()->value();
    QVERIFY(scrolled > 0);
    // A name that sorts before it: the row moves, the selection with it.
    post("a-new-one");
    QTRY_VERIFY_WITH_TIMEOUT(rowOf(features, QStringLiteral("a-new-one")) >= 0, 20'000);
    const QModelIndexList selected = features.selectionModel()->selectedRows();
    QCOMPARE(selected.size(), qsizetype{1});
    QCOMPARE(selected[0].data().toString(), QStringLiteral("feature-42"));
    QCOMPARE(selected[0].row(), row + 1);
    QCOMPARE(features.verticalScrollBar()->value(), scrolled);
}

void CollectorWindowTest::anImportAndTheCollectorTakeTurns()
{
    const auto file = m_files.write("second.json", callOf("imported", m_number++) + "\n");
    QSignalSpy imported(&m_window->session(), &WorkspaceSession::imported);
    m_window->session().import(m_path, {.paths = {file}});
    post("posted");
    QTRY_COMPARE_WITH_TIMEOUT(imported.size(), qsizetype{1}, 20'000);
    m_window->showPage(QStringLiteral("features"));
    DataTable& features = table(QStringLiteral("Token breakdown"));
    QTRY_VERIFY_WITH_TIMEOUT(
        rowOf(features, QStringLiteral("imported")) >= 0 && rowOf(features, QStringLiteral("posted")) >= 0, 20'000);
}

void CollectorWindowTest::anotherWorkspaceIsAnothersToRecord()
{
    const auto other = m_files.folder() / "other.plumb";
    const auto file = m_files.write("third.json", callOf("other", m_number++) + "\n");
    QVERIFY(m_imports->import(other, {.paths = {file}}, {}, StopToken()));
    const std::string before = m_collector->status().address;
    m_window->openWorkspace(other);
    QTRY_VERIFY_WITH_TIMEOUT(m_collector->status().isRunning && m_collector->status().address != before, 20'000);
    post("elsewhere");
    m_window->showPage(QStringLiteral("features"));
    DataTable& features = table(QStringLiteral("Token breakdown"));
    QTRY_VERIFY_WITH_TIMEOUT(rowOf(features, QStringLiteral("elsewhere")) >= 0, 20'000);
    QCOMPARE(rowOf(features, QStringLiteral("first")), -1);
}

void CollectorWindowTest::whatCannotBeStartedIsSaid()
{
    // The collector runs before the window has heard of it, and the button says so only then.
    const QString stop = QStringLiteral("Stop the collector");
    QTRY_VERIFY_WITH_TIMEOUT(findButton(stop) && findButton(stop)->isEnabled(), 20'000);
    m_collector->stop();
    const TemporaryWorkspace elsewhere;
    Collector first("somebody");
    QVERIFY(first.start(elsewhere.path(), {.port = 0}));
    CollectorSession session(*m_collector, m_memory);
    QSignalSpy failed(&session, &CollectorSession::failed);
    session.follow(m_path);
    CollectorChoice choice = session.choice();
    choice.settings.port = static_cast<std::uint16_t>(portOf(first));
    session.choose(choice);
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), qsizetype{1}, 20'000);
    QCOMPARE(failed[0][0].value<Error>().kind, ErrorKind::Unreadable);
    QTRY_VERIFY(!session.isStarting());
    QVERIFY(!session.status().isRunning);
}

void CollectorWindowTest::theCardSaysWhereThingsGo()
{
    CollectorSession session(*m_collector, m_memory);
    session.choose({});
    CollectorCard card;
    card.setSession(session);
    const auto says = [&](const char* text) {
        const QList<QLabel*> labels = card.findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel* label) { return label->text().contains(QString::fromLatin1(text)); });
    };
    QVERIFY(says("nothing leaves this machine"));
    session.choose({.settings = {.forward = "https://vendor.example"}});
    QVERIFY(says("sent on to https://vendor.example"));
    QVERIFY(!says("nothing leaves this machine"));
    session.choose({});
    QVERIFY(says("nothing leaves this machine"));
}

void CollectorWindowTest::settingsAreAppliedAndKept()
{
    CollectorDialog dialog(CollectorChoice{});
    QSignalSpy chosen(&dialog, &CollectorDialog::chosen);
    CollectorChoice choice{.settings = {.port = 4400,
                                        .forward = "http://127.0.0.1:9",
                                        .privacy = Privacy::Digests,
                                        .redaction = {.keys = true, .emails = false, .patterns = {"a+", "b"}}},
                           .startsByItself = true};
    CollectorDialog filled(choice);
    QSignalSpy same(&filled, &CollectorDialog::chosen);
    for (QDialog* one : {static_cast<QDialog*>(&dialog), static_cast<QDialog*>(&filled)})
        QMetaObject::invokeMethod(one, "accept");
    QCOMPARE(chosen.size() + same.size(), qsizetype{2});
    QCOMPARE(chosen[0][0].value<CollectorChoice>().settings, CollectorSettings{});
    QCOMPARE(same[0][0].value<CollectorChoice>().settings, choice.settings);
    QVERIFY(same[0][0].value<CollectorChoice>().startsByItself);
    choice.keepIn(m_memory);
    const CollectorChoice kept = CollectorChoice::readFrom(m_memory);
    QCOMPARE(kept.settings, choice.settings);
    QVERIFY(kept.startsByItself);
    m_memory.keepCollector("nonsense");
    QCOMPARE(CollectorChoice::readFrom(m_memory).settings, CollectorSettings{});
}

QTEST_MAIN(CollectorWindowTest)
#include "collector_window_test.moc"
