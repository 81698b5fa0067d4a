// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "model/items/format.h"
#include "ui/reports/report_section.h"

namespace plumbline::sections {

using namespace Qt::StringLiterals;

namespace {

QString verdictOf(const ReconciliationRow& row)
{
    if (!row.billed)
        return row.foreign.empty() ? ReportTexts::tr("no bill")
                                   : ReportTexts::tr("billed in %1").arg(toQt(row.foreign.front().first));
    return row.isMatched ? ReportTexts::tr("matched") : ReportTexts::tr("differs");
}

std::vector<ReportBlock> blocks(const ReportData& data, const ReportMoney& money)
{
    ReportTable table{.title = ReportTexts::tr("What providers billed, and what was traced"),
                      .columns = {{.title = ReportTexts::tr("Provider"), .isFigure = false, .width = 2.2},
                                  {.title = ReportTexts::tr("Billed")},
                                  {.title = ReportTexts::tr("Traced"), .isSummed = true},
                                  {.title = ReportTexts::tr("Difference")},
                                  {.title = ReportTexts::tr("in\u00a0%")},
                                  {.title = ReportTexts::tr("Status"), .isFigure = false}},
                      .whenEmpty = ReportTexts::tr("Nothing was traced and nothing billed.")};
    std::vector<MoneySum> traced;
    MoneySum billed, all;
    bool isAnyBilled = false;
    for (const ReconciliationRow& row : data.spend.reconciliation) {
        traced.push_back(row.traced);
        all += row.traced;
        billed += row.billed.value_or(MoneySum());
        isAnyBilled |= row.billed.has_value();
    }
    const std::vector<ReportValue> values = money.footed(traced, all);
    for (std::size_t i = 0; i < data.spend.reconciliation.size(); ++i) {
        const ReconciliationRow& row = data.spend.reconciliation[i];
        const ReportValue difference =
            row.billed ? ReportMoney::difference(money.of(row.billed), values[i]) : ReportValue();
        const Tone tone = row.isMatched ? Tone::Good : row.billed ? Tone::Bad : Tone::Neutral;
        table.rows.push_back({.cells = {{.value = nameOf(row.provider)},
                                        {.value = money.of(row.billed)},
                                        {.value = values[i]},
                                        {.value = difference},
                                        {.value = row.billed ? relative(*row.billed, row.traced) : ReportValue()},
                                        {.value = verdictOf(row), .pill = tone}}});
        const auto because = [&](const QString& cause, const ReportValue& amount) {
            table.rows.push_back({.cells = {{.value = cause},
                                            {.value = QString()},
                                            {.value = QString()},
                                            {.value = amount},
                                            {.value = QString()},
                                            {.value = QString()}},
                                  .isIndented = true});
        };
        // As printed, causes and the rest add up to the difference.
        std::vector<MoneySum> parts;
        for (const ReconciliationCause& cause : row.causes)
            parts.push_back(cause.amount);
        parts.push_back(row.unexplained);
        const std::vector<ReportValue> amounts = money.footedTo(parts, difference);
        for (std::size_t cause = 0; cause < row.causes.size(); ++cause)
            because(ReportTexts::tr(row.causes[cause].title.c_str()), amounts[cause]);
        if (row.billed)
            because(ReportTexts::tr("Not explained"), amounts.back());
        const auto remark = [&](const QString& text) {
            table.rows.push_back({.cells = {{.value = text},
                                            {.value = QString()},
                                            {.value = QString()},
                                            {.value = QString()},
                                            {.value = QString()},
                                            {.value = QString()}},
                                  .isIndented = true});
        };
        for (const auto& [currency, amount] : row.converted)
            remark(ReportTexts::tr("Of it billed in %1: %2, at the month's rate")
                       .arg(toQt(currency), centsText(centsOf(amount), toQt(currency))));
        for (const auto& [currency, amount] : row.foreign)
            remark(ReportTexts::tr("Billed in %1: %2, compared with nothing: the month has no rate")
                       .arg(toQt(currency), centsText(centsOf(amount), toQt(currency))));
    }
    table.total = ReportRow{.cells = {{.value = ReportTexts::tr("All providers")},
                                      {.value = isAnyBilled ? money.of(billed) : ReportValue()},
                                      {.value = money.of(all)},
                                      {.value = QString()},
                                      {.value = QString()},
                                      {.value = QString()}}};
    return {std::move(table),
            ReportText{.text = ReportTexts::tr(
                           "A bill within one percent of what was traced matches. Causes and the rest that "
                           "nothing explains add up to the difference."),
                       .isQuiet = true}};
}

} // namespace

ReportSection reconciliation()
{
    return {.id = "reconciliation",
            .title = QT_TRANSLATE_NOOP("ReportTexts", "Reconciliation with invoices"),
            .isInShortForm = true,
            .blocks = blocks};
}

} // namespace plumbline::sections
