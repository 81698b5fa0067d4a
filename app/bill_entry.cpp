// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bill_entry.h"

#include "model/core/ascii.h"
#include "model/core/currency.h"
#include "model/queries/queries.h"
#include "model/record/recorder.h"

namespace plumbline {

namespace {

constexpr std::string_view typedIn = "typed in: ";

/// The line that says the same; nothing where there is none.
Result<std::optional<BillRow>> recordedAs(const Queries& queries, const BilledTotal& total, const StopToken& stop)
{
    const std::string provider = lowerCase(total.provider); // as traces name them
    const BillsAnswer bills = TRY(queries.bills(queries.calendar().month(total.month), stop));
    for (const BillRow& row : bills.rows)
        if (row.provider == provider && row.cost == total.amount && row.currency == total.currency &&
            row.description == total.invoice)
            return std::optional(row);
    return std::optional<BillRow>();
}

} // namespace

Result<> addBilledTotal(const std::filesystem::path& workspace, const BilledTotal& total, const StopToken& stop)
{
    if (total.provider.empty())
        return fail(ErrorKind::Usage, "a bill is of a provider");
    TRY(checkCurrency(total.currency));
    const Queries queries = TRY(Queries::open(workspace, {}, stop));
    if (TRY(recordedAs(queries, total, stop)))
        return fail(ErrorKind::Usage, "this bill is recorded already: a second one of the same amount wants the number "
                                      "of its invoice, and a wrong one is removed under Sources");
    const std::string provider = lowerCase(total.provider);
    const Period period = queries.calendar().month(total.month);
    const std::string month = ReportingCalendar::monthText(total.month);
    Recorder recorder = TRY(Recorder::open(workspace, "plumbline, recording a bill"));
    TRY(recorder.begin({.name = std::string(typedIn) + provider + " " + month +
                                (total.invoice.empty() ? "" : ", invoice " + total.invoice),
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

Result<> removeBilledTotal(const std::filesystem::path& workspace, const BilledTotal& total, const StopToken& stop)
{
    const Queries queries = TRY(Queries::open(workspace, {}, stop));
    const auto row = TRY(recordedAs(queries, total, stop));
    if (!row || !row->source.starts_with(typedIn))
        return fail(ErrorKind::NotFound, "this bill was not typed in, or is gone already");
    Recorder recorder = TRY(Recorder::open(workspace, "plumbline, taking back a bill"));
    return recorder.removeImport(row->import, {}, stop);
}

} // namespace plumbline
