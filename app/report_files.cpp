// SPDX-License-Identifier: GPL-3.0-or-later
#ifdef PLUMBLINE_HAS_WINDOW
#include <QApplication>
#endif

#include "app/report_files.h"

#ifdef PLUMBLINE_HAS_WINDOW
#include <filesystem>
#include <memory>

#include "app/text_file.h"
#include "ui/reports/pdf_finish.h"
#include "ui/reports/report_csv.h"
#include "ui/reports/report_data.h"
#include "ui/reports/report_pdf.h"
#include "ui/reports/report_section.h"
#include "ui/reports/report_xlsx.h"
#endif

namespace plumbline {

#ifdef PLUMBLINE_HAS_WINDOW

namespace {

/// What painting needs: an application, whose screen nobody sees.
std::unique_ptr<QApplication> unseenApplication()
{
    static int count = 1;
    static char name[] = "plumbline";
    static char* words[] = {name, nullptr};
    if (QCoreApplication::instance())
        return nullptr;
    qputenv("QT_QPA_PLATFORM", "offscreen");
    // What Qt has to say of a desktop that is not there is nobody's business.
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) {});
    auto application = std::make_unique<QApplication>(count, words);
    QApplication::setApplicationVersion(QStringLiteral(PLUMBLINE_VERSION));
    return application;
}

Result<> writeCsvFolder(const Report& report, const std::filesystem::path& folder)
{
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        return tl::unexpected(Error{ErrorKind::Unreadable, "cannot be created: " + error.message(), folder.string()});
    for (const auto& [name, text] : csvFilesOf(report))
        TRY(writeTextFile(folder / name.toStdString(), text.toStdString()));
    return {};
}

} // namespace

Result<std::int64_t> writeReport(const Queries& queries, const ReportOrder& order, const StopToken& stop)
{
    const auto application = unseenApplication();
    const ReportData data = TRY(reportDataOf(queries, order.definition, order.month, {}, stop));
    const Report report = reportOf(data);
    if (order.pdf) {
        const ReportLayout layout = layOut(report);
        ReportPdf pdf(report, layout);
        while (pdf.paintNext())
            TRY(stop.check());
        const QByteArray bytes = TRY(finishedPdf(pdf.painted(), report, layout));
        TRY(writeTextFile(*order.pdf, bytes.toStdString()));
    }
    if (order.xlsx)
        TRY(writeXlsx(report, *order.xlsx));
    if (order.csv)
        TRY(writeCsvFolder(report, *order.csv));
    if (data.spend.total.calls == 0)
        return noCalls;
    return data.spend.total.callsWithoutUsage + data.spend.total.unpricedCalls;
}

#else

Result<std::int64_t> writeReport(const Queries&, const ReportOrder&, const StopToken&)
{
    return fail(ErrorKind::Unsupported, "this program was built without the window: it writes --focus only");
}

#endif

} // namespace plumbline
