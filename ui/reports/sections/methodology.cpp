// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>

#include "model/items/format.h"
#include "ui/reports/report_section.h"

namespace plumbline::sections {

using namespace Qt::StringLiterals;

namespace {

ReportTable factsTable(const ReportData& data)
{
    ReportTable table{.title = translated("What the figures rest on"),
                      .columns = {{.title = translated("What"), .isFigure = false},
                                  {.title = translated("Is"), .isFigure = false, .width = 3}}};
    const auto add = [&](const QString& what, const QString& is) {
        table.rows.push_back({.cells = {{.value = what}, {.value = is}}});
    };
    add(translated("Period"),
        u"%1 – %2"_s.arg(toQt(isoText(data.spend.period.first)), toQt(isoText(data.spend.period.end))));
    add(translated("Time zone"),
        translated("%1, months from day %2").arg(toQt(data.calendar.zone())).arg(data.calendar.monthStartDay()));
    add(translated("Price book"), translated("of %1, version %2, %3 models")
                                      .arg(toQt(data.prices.bookDate), toQt(data.prices.version))
                                      .arg(data.prices.models));
    add(translated("Own prices"), translated("%1 overrides and discounts of yours")
                                      .arg(data.prices.own.prices.size() + data.prices.own.discounts.size()));
    const auto& rate = data.currency.rate;
    add(translated("Currency"),
        rate ? translated("%1; a US dollar is %2, of %3, by %4")
                   .arg(toQt(data.currency.code), toQt(rateText(rate->nanos)), toQt(rate->date), toQt(rate->source))
             : translated("US dollars, as list prices are"));
    add(translated("Report"),
        translated("%1 form%2")
            .arg(toQt(idOf(data.definition.form)),
                 data.definition.name.empty() ? QString()
                                              : translated(", definition “%1”").arg(toQt(data.definition.name))));
    add(translated("Fingerprint"),
        translated("%1 of data and definition: the same again only if nothing changed").arg(fingerprintMark()));
    add(translated("Program"), u"Plumbline "_s + QCoreApplication::applicationVersion());
    return table;
}

ReportTable priceTable(const ReportData& data, const ReportMoney& money)
{
    ReportTable table{.title = translated("Price rows the month was charged by"),
                      .columns = {{.title = translated("Row of the price book"), .isFigure = false, .width = 3},
                                  {.title = translated("Tokens"), .isSummed = true},
                                  {.title = translated("Amount"), .isSummed = true}},
                      .whenEmpty = translated("Nothing was charged.")};
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
    table.total = ReportRow{.cells = {{.value = translated("All")}, {.value = tokens}, {.value = money.of(all)}}};
    return table;
}

std::vector<ReportBlock> blocks(const ReportData& data, const ReportMoney& money)
{
    return {
        factsTable(data), priceTable(data, money),
        ReportText{
            .lead = translated("How a cost is found."),
            .text = translated(
                "A call is one request to a model; spans that wrap others repeat their usage and are not "
                "counted. Its tokens stand in buckets that do not overlap: uncached input, cache read, cache "
                "write, output, reasoning. Each bucket has the rate of the price row that held on that day for that "
                "model and tier; cost is tokens times rate, exactly, to a trillionth of a dollar.")},
        ReportText{
            .lead = translated("What providers mean by tokens."),
            .text = translated(
                "OpenAI and Google count cached tokens within the input, Anthropic beside it; reasoning is within "
                "OpenAI's output and beside Google's. The buckets undo that, and a test of plausibility decides "
                "where a source does not say.")},
        ReportText{.lead = translated("Rounding."),
                   .text =
                       translated("Figures are rounded once, where they are printed. Rows that add up to a total are "
                                  "rounded so that they still do (largest remainder).")}};
}

} // namespace

ReportSection methodology()
{
    return {.id = "methodology",
            .title = QT_TRANSLATE_NOOP("Report", "Methodology and price book"),
            .isInShortForm = true,
            .blocks = blocks};
}

} // namespace plumbline::sections
