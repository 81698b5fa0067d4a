// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>

#include "model/items/format.h"
#include "ui/reports/report_section.h"

namespace plumbline::sections {

using namespace Qt::StringLiterals;

namespace {

ReportTable factsTable(const ReportData& data)
{
    ReportTable table{.title = ReportTexts::tr("What the figures rest on"),
                      .columns = {{.title = ReportTexts::tr("What"), .isFigure = false},
                                  {.title = ReportTexts::tr("Is"), .isFigure = false, .width = 3}}};
    const auto add = [&](const QString& what, const QString& is) {
        table.rows.push_back({.cells = {{.value = what}, {.value = is}}});
    };
    add(ReportTexts::tr("Period"),
        u"%1 – %2"_s.arg(toQt(isoText(data.spend.period.first)), toQt(isoText(data.spend.period.end))));
    add(ReportTexts::tr("Time zone"),
        ReportTexts::tr("%1, months from day %2").arg(toQt(data.calendar.zone())).arg(data.calendar.monthStartDay()));
    add(ReportTexts::tr("Price book"), ReportTexts::tr("of %1, version %2, %3 models")
                                           .arg(toQt(data.prices.bookDate), toQt(data.prices.version))
                                           .arg(data.prices.models));
    add(ReportTexts::tr("Own prices"), ReportTexts::tr("%1 overrides and discounts of yours")
                                           .arg(data.prices.own.prices.size() + data.prices.own.discounts.size()));
    const auto& rate = data.currency.rate;
    add(ReportTexts::tr("Currency"),
        rate ? ReportTexts::tr("%1; a US dollar is %2, of %3, by %4")
                   .arg(toQt(data.currency.code), toQt(rateText(rate->nanos)), toQt(rate->date), toQt(rate->source))
             : ReportTexts::tr("US dollars, as list prices are"));
    add(ReportTexts::tr("Report"),
        ReportTexts::tr("%1 form%2")
            .arg(toQt(idOf(data.definition.form)),
                 data.definition.name.empty() ? QString()
                                              : ReportTexts::tr(", definition “%1”").arg(toQt(data.definition.name))));
    add(ReportTexts::tr("Fingerprint"),
        ReportTexts::tr("%1 of data and definition: the same again only if nothing changed").arg(fingerprintMark()));
    add(ReportTexts::tr("Program"), u"Plumbline "_s + QCoreApplication::applicationVersion());
    return table;
}

ReportTable priceTable(const ReportData& data, const ReportMoney& money)
{
    ReportTable table{.title = ReportTexts::tr("Price rows the month was charged by"),
                      .columns = {{.title = ReportTexts::tr("Row of the price book"), .isFigure = false, .width = 3},
                                  {.title = ReportTexts::tr("Tokens"), .isSummed = true},
                                  {.title = ReportTexts::tr("Amount"), .isSummed = true}},
                      .whenEmpty = ReportTexts::tr("Nothing was charged.")};
    std::vector<MoneySum> parts;
    MoneySum all;
    std::int64_t tokens = 0;
    for (const PriceRowSpend& row : data.priceRows) {
        parts.push_back(row.cost);
        all += row.cost;
        tokens += row.tokens;
    }
    const std::vector<ReportValue> amounts = money.footed(parts, all);
    for (std::size_t i = 0; i < parts.size(); ++i)
        table.rows.push_back({.cells = {{.value = toQt(data.priceRows[i].price)},
                                        {.value = data.priceRows[i].tokens},
                                        {.value = amounts[i]}}});
    table.total = ReportRow{.cells = {{.value = ReportTexts::tr("All")}, {.value = tokens}, {.value = money.of(all)}}};
    return table;
}

std::vector<ReportBlock> blocks(const ReportData& data, const ReportMoney& money)
{
    return {
        factsTable(data), priceTable(data, money),
        ReportText{
            .lead = ReportTexts::tr("How a cost is found."),
            .text = ReportTexts::tr(
                "A call is one request to a model; spans that wrap others repeat their usage and are not "
                "counted. Its tokens stand in buckets that do not overlap: uncached input, cache read, cache "
                "write, output, reasoning. Each bucket has the rate of the price row that held on that day for that "
                "model and tier; cost is tokens times rate, exactly, to a trillionth of a dollar.")},
        ReportText{
            .lead = ReportTexts::tr("What providers mean by tokens."),
            .text = ReportTexts::tr(
                "OpenAI and Google count cached tokens within the input, Anthropic beside it; reasoning is within "
                "OpenAI's output and beside Google's. The buckets undo that, and a test of plausibility decides "
                "where a source does not say.")},
        ReportText{
            .lead = ReportTexts::tr("Rounding."),
            .text = ReportTexts::tr("Figures are rounded once, where they are printed. Rows that add up to a total are "
                                    "rounded so that they still do (largest remainder).")}};
}

} // namespace

ReportSection methodology()
{
    return {.id = "methodology",
            .title = QT_TRANSLATE_NOOP("ReportTexts", "Methodology and price book"),
            .isInShortForm = true,
            .blocks = blocks};
}

} // namespace plumbline::sections
