// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QDir>
#include <QIcon>
#include <QImage>
#include <QLibraryInfo>
#include <QLocale>
#include <QStandardPaths>
#include <QTimer>
#include <QTranslator>

#include "app/window_start.h"

#include <cstdio>

#include "app/arguments.h"
#include "app/command.h"
#include "app/window_settings.h"
#include "app/workspace_changes.h"
#include "importers/collector/collector.h"
#include "importers/file_import.h"
#include "ui/main_window.h"

namespace plumbline {

namespace {

std::filesystem::path samplePath()
{
    return (QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + QStringLiteral("/sample.plumb"))
        .toStdString();
}

bool isWorkspace(const std::string& path)
{
    return std::filesystem::path(path).extension() == ".plumb";
}

bool saved(const QImage& picture, const QString& path)
{
    if (picture.save(path))
        return true;
    std::fprintf(stderr, "plumbline: %s: cannot be written\n", qPrintable(path));
    return false;
}

/// A picture of every page in both themes, for README and for eyes; in guide/ by day and as small as the guide shows
/// it.
int writeScreenshots(MainWindow& window, const QString& folder)
{
    constexpr int guideWidth = 736;
    if (!QDir().mkpath(folder + QStringLiteral("/guide"))) {
        std::fprintf(stderr, "plumbline: %s: cannot be created\n", qPrintable(folder));
        return ExitCode::Failed;
    }
    for (const QString& page : window.pageIds()) {
        const QImage light = window.pagePicture(page, ThemeChoice::Light),
                     dark = window.pagePicture(page, ThemeChoice::Dark);
        if (!saved(light, QStringLiteral("%1/%2-light.png").arg(folder, page)) ||
            !saved(dark, QStringLiteral("%1/%2-dark.png").arg(folder, page)) ||
            !saved(light.scaledToWidth(guideWidth, Qt::SmoothTransformation),
                   QStringLiteral("%1/guide/%2.png").arg(folder, page)))
            return ExitCode::Failed;
    }
    return ExitCode::Done;
}

/// The language of the system where it is spoken: plumbline_de.qm, installed beside the program or put there by hand.
/// English is in the program itself.
void speakTheUsersLanguage(QApplication& application)
{
    const QLocale locale;
    const QString installed =
        QCoreApplication::applicationDirPath() + QStringLiteral("/../share/plumbline/translations");
    for (const auto& [name, folder] :
         {std::pair(QStringLiteral("plumbline"), installed),
          std::pair(QStringLiteral("qtbase"), QLibraryInfo::path(QLibraryInfo::TranslationsPath))}) {
        auto* translator = new QTranslator(&application);
        const bool isThere = translator->load(locale, name, QStringLiteral("_"), folder);
        if (!isThere || !QCoreApplication::installTranslator(translator)) {
            delete translator;
            return; // Qt's buttons speak what the rest of the window speaks
        }
    }
}

} // namespace

int runWindow(int& argc, char** argv, const std::vector<std::string>& words)
{
    const auto arguments = Arguments::parse(words, {{"sample"}, {"screenshots", "DIR"}, {"workspace", "FILE"}});
    if (!arguments) {
        std::fprintf(stderr, "plumbline: %s\n", arguments.error().text().c_str());
        return ExitCode::WrongUsage;
    }
    QGuiApplication::setHighDpiScaleFactorRoundingPolicy(Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("plumbline"));
    QApplication::setApplicationDisplayName(QStringLiteral("Plumbline"));
    QApplication::setApplicationVersion(QStringLiteral(PLUMBLINE_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("io.github.plumbline.Plumbline"));
    speakTheUsersLanguage(application);
    QApplication::setWindowIcon(QIcon::fromTheme(QStringLiteral("io.github.plumbline.Plumbline")));

    Collector collector("plumbline, collecting");
    const AskForWay askForWay = [&collector](const std::filesystem::path& path) { return collector.giveWay(path); };
    const std::unique_ptr<ImportService> imports = fileImportService(askForWay);
    const std::unique_ptr<WorkspaceService> workspaces = workspaceChanges(askForWay);
    if (const auto folder = arguments->value("screenshots")) {
        TransientMemory memory;
        MainWindow window({*imports, *workspaces, memory, samplePath(), &collector});
        if (const auto workspace = arguments->value("workspace"))
            window.openWorkspace(*workspace);
        else
            window.openSample();
        window.show(); // charts of a hidden window keep the colours they were first drawn in
        return writeScreenshots(window, QString::fromStdString(*folder));
    }
    WindowSettings memory;
    MainWindow window({*imports, *workspaces, memory, samplePath(), &collector});
    std::vector<std::filesystem::path> files;
    for (const std::string& word : arguments->rest()) {
        if (isWorkspace(word))
            window.openWorkspace(word);
        else
            files.emplace_back(word);
    }
    if (arguments->has("sample"))
        window.openSample();
    window.show();
    QObject::connect(&window, &MainWindow::settled, &window, &MainWindow::offerTour, Qt::SingleShotConnection);
    if (!files.empty())
        QTimer::singleShot(0, &window, [&window, files] { window.importFiles(files); });
    return QApplication::exec();
}

} // namespace plumbline
