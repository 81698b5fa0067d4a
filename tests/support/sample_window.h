// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>

#include "app/workspace_changes.h"
#include "importers/file_import.h"
#include "model/items/format.h"
#include "model/sample/sample.h"
#include "model/sample/writers.h"
#include "ui/main_window.h"
#include "ui/window_memory.h"

namespace plumbline::test {

/// A few hundred calls, as Langfuse writes them.
inline std::filesystem::path writeSampleTraces(const std::filesystem::path& file, std::uint64_t seed,
                                               std::int64_t calls = 300)
{
    std::ofstream out(file);
    const auto written = generate(
        SampleOptions{.seed = seed, .calls = calls, .months = 2},
        [&](const SampleTrace& trace) -> Result<> {
            std::string text;
            langfuse_writer::append(text, trace);
            out << text;
            return {};
        },
        StopToken());
    [&] { QVERIFY(written); }();
    return file;
}

/// Milliseconds until a machine under load has answered for sure: what is done waits no longer than it takes.
constexpr int patience = 150'000;

/// The window with the services of the program, in a folder of its own that goes with the test.
class SampleWindow
{
public:
    std::filesystem::path file(const char* name) const { return fromQt(m_folder.filePath(QString::fromLatin1(name))); }
    MainWindow& window() { return m_window; }
    WorkspaceSession& session() { return m_window.session(); }

    std::filesystem::path sampleFile(const char* name, std::uint64_t seed, std::int64_t calls = 300) const
    {
        return writeSampleTraces(file(name), seed, calls);
    }

    /// Shows the window on a workspace of sample traces.
    void open(std::int64_t calls = 300)
    {
        m_window.resize(1440, 900);
        m_window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&m_window));
        QSignalSpy settled(&m_window, &MainWindow::settled);
        session().import(file("w.plumb"), {.paths = {sampleFile("traces.jsonl", 4, calls)}});
        QVERIFY(settled.wait(patience));
        waitForAnalysis(); // nothing moves by itself from now on
    }
    /// Until every call was looked at for drains, and the page shows that.
    void waitForAnalysis()
    {
        const auto isDone = [this] {
            const auto answer = session().queries()->breakdown({.wantsLedger = true}, StopToken());
            return answer && answer->totalLedger->callsWaiting == 0 && !session().isAnalysing();
        };
        QTRY_VERIFY_WITH_TIMEOUT(isDone(), patience);
    }
    void showPage(const QString& id)
    {
        QSignalSpy settled(&m_window, &MainWindow::settled);
        m_window.showPage(id);
        m_window.setScope(m_window.scope()); // a page that is shown already is not asked again
        QVERIFY(settled.wait(patience));
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<ImportService> m_imports = fileImportService();
    std::unique_ptr<WorkspaceService> m_workspaces = workspaceChanges();
    TransientMemory m_memory;
    MainWindow m_window{Services{*m_imports, *m_workspaces, m_memory, file("sample.plumb")}};
};

} // namespace plumbline::test
