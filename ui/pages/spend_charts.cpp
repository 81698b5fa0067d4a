// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/spend_charts.h"

#include <QCoreApplication>

#include <algorithm>

#include "model/items/format.h"
#include "model/items/spend_tables.h"
#include "ui/charts/pins.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(Spend)
};

/// As a bar has room for it.
QString shortTitle(const ChangeStep& step)
{
    const std::pair<spend::Factor, QString> shorter[] = {{spend::Factor::FeatureMix, Texts::tr("Mix")},
                                                         {spend::Factor::CallsPerTrace, Texts::tr("Calls")},
                                                         {spend::Factor::ModelMix, Texts::tr("Models")},
                                                         {spend::Factor::TokensPerCall, Texts::tr("Tokens")},
                                                         {spend::Factor::CacheShare, Texts::tr("Cache")}};
    for (const auto& [factor, title] : shorter)
        if (spend::idOf(factor) == step.id)
            return title;
    return step.id == "new" ? Texts::tr("New") : step.id == "retired" ? Texts::tr("Retired") : step.title;
}

/// The release, model, … that one has and the other has not, as a bar has room for it.
QString valueApart(const Filter& of, const Filter& other, const QString& otherwise)
{
    constexpr qsizetype longest = 14; // characters
    for (const Condition& chip : of.conditions) {
        if (std::find(other.conditions.begin(), other.conditions.end(), chip) != other.conditions.end())
            continue;
        if (chip.isExcluded || chip.values.size() != 1)
            return Texts::tr("Others");
        const QString value = toQt(chip.values.front());
        return value.size() <= longest ? value : value.left(longest - 1) + u'…';
    }
    return otherwise;
}

} // namespace

QString shortMonth(std::int32_t month)
{
    return format::shortMonthName(month % 12 + 1);
}

PlotSpec monthsChart(const SpendAnswer& answer, const std::vector<Annotation>& annotations,
                     const ReportingCalendar& calendar)
{
    StackedBars chart{.title = Texts::tr("Spend and budget by month"),
                      .series = {{.name = Texts::tr("Spent"), .hue = {Hue::Kind::Accent}},
                                 {.name = Texts::tr("Expected"), .hue = {Hue::Kind::Expected}}},
                      .tickSteps = {1},
                      .hasLegend = false,
                      .isRangeSelectable = true,
                      .hasFigures = true,
                      .markName = Texts::tr("Budget")};
    for (const SpendMonth& month : answer.months) {
        chart.categories += shortMonth(month.month);
        chart.details += format::month(month.month);
        const double spent = month.spent.dollars();
        chart.series[0].values.push_back(spent);
        chart.series[1].values.push_back(month.forecast ? std::max(0.0, month.forecast->total.dollars() - spent) : 0);
        chart.marks.push_back(month.budget ? std::optional(month.budget->dollars()) : std::nullopt);
    }
    std::vector<std::int32_t> months;
    for (const SpendMonth& month : answer.months)
        months.push_back(month.month);
    chart.pins = pinsOf(annotations, months, Dimension::Month, calendar);
    // A month that is over has nothing to come: then there is one series.
    if (!answer.forecast)
        chart.series.pop_back();
    return chart;
}

PlotSpec varianceChart(const SpendAnswer& answer, const ReportingCalendar& calendar)
{
    const spend::Variance& variance = answer.variance;
    Waterfall chart{.title = Texts::tr("What changed"), .endsAsItBegan = true, .isFocused = true};
    const auto add = [&](const QString& name, const QString& detail, std::int64_t cents) {
        chart.categories += name;
        chart.details += detail;
        chart.values.push_back(static_cast<double>(cents) / 100);
    };
    const ChangeEnds ends = changeEnds(answer, calendar);
    const auto nameOf = [&](std::int32_t month, const Filter& of, const Filter& other, const QString& otherwise) {
        return isOfMonths(answer) ? shortMonth(month) : valueApart(of, other, otherwise);
    };
    add(nameOf(answer.against, answer.changedFrom, answer.changed, Texts::tr("Before")), ends.from, variance.before);
    for (const ChangeStep& step : changeSteps(variance)) {
        QStringList detail{step.title};
        if (takesNotes(answer))
            detail += noteText(noteOf(answer.plan, answer.month, step.id));
        detail.removeAll(QString());
        add(shortTitle(step), detail.join(u" · "_s), step.cents);
    }
    add(nameOf(answer.month, answer.changed, answer.changedFrom, Texts::tr("After")), ends.to, variance.after);
    return chart;
}

} // namespace plumbline
