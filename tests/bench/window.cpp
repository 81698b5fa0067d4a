// SPDX-License-Identifier: GPL-3.0-or-later
// How long a user waits for the window: `window W.plumb`. From the start of the process to the first paint of data, and
// from a change of the filter to the paint of its answer, with the longest task of the event loop.
#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <string>

#include <unistd.h>

#include "app/workspace_changes.h"
#include "importers/file_import.h"
#include "model/items/scope.h"
#include "support/gui_watch.h"
#include "ui/main_window.h"
#include "ui/window_memory.h"

using namespace plumbline;

namespace {

/// Since the kernel made this process, to a hundredth of a second.
double millisecondsOfProcess()
{
    std::ifstream stat("/proc/self/stat");
    std::string text;
    std::getline(stat, text);
    // Behind the name, which may hold anything, the start is the twentieth field.
    std::size_t at = text.rfind(')');
    for (int field = 0; field < 20; ++field)
        at = text.find(' ', at + 1);
    const double started = std::stod(text.substr(at + 1)) / static_cast<double>(sysconf(_SC_CLK_TCK));
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return (static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9 - started) * 1e3;
}

/// Until the page at hand shows its answer and has painted it.
void waitForPaint(MainWindow& window, void (MainWindow::*shown)() = &MainWindow::settled)
{
    QEventLoop loop;
    QObject::connect(&window, shown, &loop, &QEventLoop::quit);
    QTimer::singleShot(60'000, &loop, &QEventLoop::quit);
    loop.exec();
    // What was shown is laid out and painted before the queue is empty.
    QCoreApplication::processEvents();
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2)
        return 2;
    const QApplication application(argc, argv);
    const auto imports = fileImportService();
    const auto workspaces = workspaceChanges();
    TransientMemory memory;
    MainWindow window({*imports, *workspaces, memory, {}});
    test::GuiWatch watch;
    window.openWorkspace(argv[1]);
    window.show();
    std::printf("%-34s %8.0f ms\n", "the window is there", millisecondsOfProcess());
    waitForPaint(window, &MainWindow::glanced);
    std::printf("%-34s %8.0f ms, longest task %lld ms\n", "first paint of data", millisecondsOfProcess(),
                static_cast<long long>(watch.take()));
    waitForPaint(window);
    std::printf("%-34s %8.0f ms, longest task %lld ms\n", "all of its calls are read", millisecondsOfProcess(),
                static_cast<long long>(watch.take()));
    const Scope all = window.scope();
    // Nobody narrows what they have not looked at for a second.
    QEventLoop looking;
    QTimer::singleShot(1000, &looking, &QEventLoop::quit);
    looking.exec();
    const auto change = [&](const char* name, const Scope& scope) {
        QElapsedTimer timer;
        watch.take();
        timer.start();
        window.setScope(scope);
        waitForPaint(window);
        const double waited = static_cast<double>(timer.nsecsElapsed()) / 1e6;
        std::printf("  %-32s %8.0f ms, longest task %lld ms\n", name, waited, static_cast<long long>(watch.take()));
    };
    for (const QString& id : window.pageIds()) {
        QElapsedTimer timer;
        timer.start();
        if (id != window.pageIds().front()) {
            window.showPage(id);
            waitForPaint(window);
            std::printf("%-34s %8.0f ms\n", qPrintable(id), static_cast<double>(timer.nsecsElapsed()) / 1e6);
        } else {
            std::printf("%s\n", qPrintable(id));
        }
        change("one environment", narrowed(all, *conditionFromText("environment=production")));
        change("without a model", narrowed(all, *conditionFromText("model!=gpt-5.4-2026-03-05")));
        change("one user", narrowed(all, *conditionFromText("user=user-100")));
        change("all time", {});
        change("the month again", all);
    }
    return 0;
}
