// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/month_closing.h"

#include "model/queries/queries.h"
#include "model/spend/closed_months.h"

namespace plumbline {

Result<> closeReportingMonth(const std::filesystem::path& workspace, std::int32_t month, const std::string& note,
                             const StopToken& stop)
{
    const Queries queries = TRY(Queries::open(workspace, {}, stop));
    if (queries.calendar().month(month).end > currentTime())
        return fail(ErrorKind::Usage, ReportingCalendar::monthText(month) + " is not over: calls are still to come");
    const SpendAnswer answer = TRY(queries.spend({.month = month, .wantsTodaysRows = true}, stop));
    spend::ClosedMonth closed{
        .month = month, .closed = currentTime(), .note = note, .figures = closedFiguresOf(answer, queries.calendar())};
    store::Workspace opened = TRY(store::Workspace::open(workspace, store::OpenMode::ReadWrite));
    return spend::closeMonth(opened, closed);
}

} // namespace plumbline
