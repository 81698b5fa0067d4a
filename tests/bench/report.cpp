// SPDX-License-Identifier: GPL-3.0-or-later
// CPU milliseconds of a month's long report, from an open workspace to the bytes of its PDF: `report W.plumb MONTH`.
#include <QApplication>

#include <cstdio>

#include "bench/cpu_time.h"
#include "model/jobs/at_the_same_time.h"
#include "ui/reports/report_data.h"
#include "ui/reports/report_pdf.h"
#include "ui/reports/report_section.h"

using namespace plumbline;

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const auto month = argc == 3 ? ReportingCalendar::parseMonth(argv[2]) : fail(ErrorKind::Usage, "W.plumb MONTH");
    const StopToken stop;
    const auto queries = month ? Queries::open(argv[1], {}, stop, atTheSameTime) : tl::unexpected(month.error());
    if (!queries) {
        std::fprintf(stderr, "%s\n", queries.error().text().c_str());
        return 1;
    }
    // The first of a process also reads fonts, and what is kept for later questions.
    for (const char* name : {"report, the first", "report, again"}) {
        const double begun = cpuMilliseconds();
        const auto data = reportDataOf(*queries, {.company = "Acme"}, *month, {}, stop);
        if (!data) {
            std::fprintf(stderr, "%s\n", data.error().text().c_str());
            return 1;
        }
        const double asked = cpuMilliseconds();
        const auto bytes = pdfOf(reportOf(*data));
        if (!bytes)
            return 1;
        std::printf("%-34s %8.2f ms asked, %.2f ms painted, %.0f KB, %lld calls\n", name, asked - begun,
                    cpuMilliseconds() - asked, static_cast<double>(bytes->size()) / 1e3,
                    static_cast<long long>(data->spend.total.calls));
    }
    return 0;
}
