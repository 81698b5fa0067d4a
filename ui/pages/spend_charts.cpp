// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/spend_charts.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

#include "model/items/format.h"
#include "model/items/spend_tables.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("Spend", text);
}

QString shortFactor(spend::Factor factor)
{
    switch (factor) {
    case spend::Factor::FeatureMix:
        return translated("Mix");
    case spend::Factor::CallsPerTrace:
        return translated("Calls");
    case spend::Factor::ModelMix:
        return translated("Models");
    case spend::Factor::TokensPerCall:
        return translated("Tokens");
    case spend::Factor::CacheShare:
        return translated("Cache");
    default:
        return factorTitle(factor);
    }
}

} // namespace

QString shortMonth(std::int32_t month)
{
    return QLocale(QLocale::English).standaloneMonthName(month % 12 + 1, QLocale::ShortFormat);
}

PlotSpec monthsChart(const SpendAnswer& answer)
{
    StackedBars chart{.title = translated("Spend and budget by month"),
                      .series = {{.name = translated("Spent"), .hue = {Hue::Kind::Accent}},
                                 {.name = translated("Expected"), .hue = {Hue::Kind::Expected}}},
                      .tickSteps = {1},
                      .hasLegend = false,
                      .hasFigures = true,
                      .markName = translated("Budget")};
    for (const SpendMonth& month : answer.months) {
        chart.categories += shortMonth(month.month);
        chart.details += format::month(month.month);
        const double spent = month.spent.dollars();
        chart.series[0].values.push_back(spent);
        chart.series[1].values.push_back(month.forecast ? std::max(0.0, month.forecast->total.dollars() - spent) : 0);
        chart.marks.push_back(month.budget ? std::optional(month.budget->dollars()) : std::nullopt);
    }
    // A month that is over has nothing to come: then there is one series.
    if (!answer.forecast)
        chart.series.pop_back();
    return chart;
}

PlotSpec varianceChart(const SpendAnswer& answer)
{
    const spend::Variance& variance = answer.variance;
    Waterfall chart{.title = translated("What changed"), .endsAsItBegan = true, .isFocused = true};
    const auto add = [&](const QString& name, const QString& detail, std::int64_t cents) {
        chart.categories += name;
        chart.details += detail;
        chart.values.push_back(static_cast<double>(cents) / 100);
    };
    // Of other periods than months there is no short name.
    const bool isOfMonths = answer.changed == answer.period && answer.changedFrom == answer.baseline;
    add(isOfMonths ? shortMonth(answer.against) : translated("Before"), format::month(answer.against), variance.before);
    for (std::size_t i = 0; i < spend::factorCount; ++i)
        if (variance.factors[i] != 0)
            add(shortFactor(static_cast<spend::Factor>(i)), factorTitle(static_cast<spend::Factor>(i)),
                variance.factors[i]);
    if (variance.newItems != 0)
        add(translated("New"), translated("New features"), variance.newItems);
    if (variance.retired != 0)
        add(translated("Retired"), translated("Retired features"), variance.retired);
    add(isOfMonths ? shortMonth(answer.month) : translated("After"), format::month(answer.month), variance.after);
    return chart;
}

} // namespace plumbline
