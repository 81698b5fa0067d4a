// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bill_entry.h"

#include "model/core/currency.h"
#include "model/core/lower_case.h"
#include "model/record/recorder.h"
#include "model/store/workspace.h"

namespace plumbline {

Result<> addBilledTotal(const std::filesystem::path& workspace, const BilledTotal& total, const StopToken& stop)
{
    if (total.provider.empty())
        return fail(ErrorKind::Usage, "a bill is of a provider");
    TRY(checkCurrency(total.currency));
    const std::string provider = lowerCase(total.provider); // as traces name them
    const Period period =
        TRY(TRY(store::Workspace::open(workspace, store::OpenMode::ReadOnly)).calendar()).month(total.month);
    const std::string month = ReportingCalendar::monthText(total.month);
    Recorder recorder = TRY(Recorder::open(workspace, "plumbline, recording a bill"));
    TRY(recorder.begin(
        {.name = "typed in: " + provider + " " + month + (total.invoice.empty() ? "" : ", invoice " + total.invoice),
         .detail = "typed in"},
        stop));
    // The recorder looks at it until the line is added.
    const std::string record =
        provider + " " + month + " " + decimalText(total.amount) + " " + total.currency + " " + total.invoice;
    recorder.startRecord(record);
    TRY(recorder.add(ObservedBillLine{.provider = provider,
                                      .start = period.first,
                                      .end = period.end,
                                      .meter = "total",
                                      .currency = total.currency,
                                      .description = total.invoice,
                                      .cost = total.amount}));
    TRY(recorder.finish({.formats = {"typed in"}, .records = 1}, {}));
    return {};
}

} // namespace plumbline
