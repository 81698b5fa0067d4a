// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/format.h"
#include "ui/reports/report_section.h"

namespace plumbline::sections {

using namespace Qt::StringLiterals;

namespace {

ReportTable groupTable(const QString& title, const QString& of, const std::vector<ReportGroup>& groups,
                       const ReportData& data, const ReportMoney& money)
{
    ReportTable table{.title = title,
                      .columns = {{.title = of, .isFigure = false, .width = 2},
                                  {.title = ReportTexts::tr("Calls"), .isSummed = true},
                                  {.title = ReportTexts::tr("Tokens"), .isSummed = true},
                                  {.title = format::month(data.spend.against), .isSummed = true},
                                  {.title = format::month(data.spend.month), .isSummed = true},
                                  {.title = ReportTexts::tr("Change"), .isSummed = true},
                                  {.title = ReportTexts::tr("in\u00a0%")}},
                      .whenEmpty = ReportTexts::tr("No calls.")};
    const MoneySum before = data.spend.totalBaseline.cost.value_or(MoneySum()), now = data.spend.budget.spent;
    std::int64_t calls = 0, tokens = 0;
    for (const ReportGroup& group : groups) {
        calls += group.calls;
        tokens += group.tokens;
    }
    const GroupCells cells = cellsOf(groups, data, money);
    for (std::size_t i = 0; i < groups.size(); ++i)
        table.rows.push_back({.cells = {{.value = nameOf(groups[i].name)},
                                        {.value = groups[i].calls},
                                        {.value = groups[i].tokens},
                                        {.value = cells.before[i]},
                                        {.value = cells.now[i]},
                                        {.value = cells.change(i)},
                                        {.value = relative(groups[i].cost, groups[i].costBefore)}}});
    table.total = ReportRow{.cells = {{.value = ReportTexts::tr("All spend")},
                                      {.value = calls},
                                      {.value = tokens},
                                      {.value = money.of(before)},
                                      {.value = money.of(now)},
                                      {.value = ReportMoney::difference(money.of(now), money.of(before))},
                                      {.value = relative(now, before)}}};
    return table;
}

ReportTable glossary()
{
    ReportTable table{.title = ReportTexts::tr("Words"),
                      .columns = {{.title = ReportTexts::tr("Word"), .isFigure = false},
                                  {.title = ReportTexts::tr("Means"), .isFigure = false, .width = 4}}};
    const auto add = [&](const char* word, const char* meaning) {
        table.rows.push_back({.cells = {{.value = ReportTexts::tr(word)}, {.value = ReportTexts::tr(meaning)}}});
    };
    add("Token", "A piece of text, about three quarters of an English word: what models are billed by.");
    add("Call", "One request to a model and its answer.");
    add("Trace", "The calls of one piece of work: a question answered, a document checked.");
    add("Feature", "The part of the product that calls are charged to.");
    add("Cache", "Providers keep the beginning of a prompt for a while: read again, it costs a tenth to a half.");
    add("Prefix", "What prompts have in common at their beginning: all that a cache can keep.");
    add("Drain", "A kind of waste: tokens, or a price, that need not have been.");
    add("Variance", "Why a month differs from another, or from its budget. Favourable: less was spent.");
    add("Estimated", "From traces and list prices. Reconciled: every provider's bill is there, and agrees.");
    return table;
}

std::vector<ReportBlock> blocks(const ReportData& data, const ReportMoney& money)
{
    return {groupTable(ReportTexts::tr("All features"), ReportTexts::tr("Feature"), data.features, data, money),
            groupTable(ReportTexts::tr("All models"), ReportTexts::tr("Model"), data.models, data, money), glossary(),
            ReportSignatures{
                .who = {ReportTexts::tr("Prepared by"), ReportTexts::tr("Reviewed by"), ReportTexts::tr("Approved by")},
                .names = {toQt(data.definition.preparedBy), QString(), QString()}}};
}

} // namespace

ReportSection appendix()
{
    return {.id = "appendix",
            .title = QT_TRANSLATE_NOOP("ReportTexts", "Appendix"),
            .isInShortForm = false,
            .blocks = blocks};
}

} // namespace plumbline::sections
