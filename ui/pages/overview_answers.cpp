// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/overview_answers.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

#include "model/items/column_help.h"
#include "model/items/drain_tables.h"
#include "model/items/format.h"
#include "model/items/mean_changes.h"
#include "model/items/ratios.h"
#include "model/queries/daily_answers.h"
#include "ui/charts/pins.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

/// Features with a colour of their own in the chart, and with a trend in the table.
constexpr std::size_t coloured = 6;
constexpr std::size_t listed = 40;

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(OverviewPage)
};

std::optional<double> asDouble(std::optional<std::int64_t> value)
{
    return value ? std::optional(static_cast<double>(*value)) : std::nullopt;
}

std::optional<double> asDouble(std::optional<MoneySum> value)
{
    return value ? std::optional(value->dollars()) : std::nullopt;
}

/// The change of a figure of which less is better.
void compare(Kpi& kpi, std::optional<double> now, std::optional<double> before)
{
    if (!now || !before || *before == 0)
        return;
    kpi.change = format::change(now, before);
    kpi.tone = *now > *before ? Tone::Bad : *now < *before ? Tone::Good : Tone::Neutral;
}

Kpi spendKpi(const Measures& total, const std::optional<Measures>& before)
{
    const Cell cell = ratios::spendCell(total);
    Kpi kpi{
        .caption = Texts::tr("Spend"), .figure = cell.text, .toolTip = cell.toolTip, .help = columnHelp(u"spend"_s)};
    if (before) {
        compare(kpi, asDouble(total.cost), asDouble(before->cost));
        kpi.note =
            before->cost ? Texts::tr("was %1").arg(format::money(before->cost)) : Texts::tr("nothing to compare with");
    } else {
        kpi.note = Texts::tr("%1 calls").arg(format::shortCount(total.calls));
    }
    return kpi;
}

Kpi tokensKpi(const Measures& total, const std::optional<Measures>& before)
{
    const Cell cell = ratios::tokensCell(total);
    Kpi kpi{
        .caption = Texts::tr("Tokens"), .figure = cell.text, .toolTip = cell.toolTip, .help = columnHelp(u"tokens"_s)};
    if (const auto share = ratios::inputShare(total))
        kpi.note = Texts::tr("%1 input").arg(format::percent(*share));
    if (before)
        compare(kpi, asDouble(total.tokens()), asDouble(before->tokens()));
    return kpi;
}

/// `−2.0 pt`.
QString pointsText(double points)
{
    const QString sign = points < 0 ? u"−"_s : points > 0 ? u"+"_s : QString();
    return sign + Texts::tr("%1 pt").arg(std::abs(points), 0, 'f', 1);
}

Kpi cacheKpi(const Measures& total, const std::optional<Measures>& before)
{
    const auto hit = ratios::cacheHit(total);
    Kpi kpi{.caption = Texts::tr("Cache hit share"),
            .figure = format::percent(hit),
            .toolTip = Texts::tr("The source does not say what was read from a cache"),
            .help = columnHelp(u"cache-hit"_s)};
    if (!hit)
        return kpi;
    kpi.toolTip = Texts::tr("%1 of %2 input tokens were read from a cache")
                      .arg(format::count(total.cacheRead), format::count(total.input));
    kpi.note = Texts::tr("of %1 input").arg(format::shortCount(total.input));
    const auto earlier = before ? ratios::cacheHit(*before) : std::nullopt;
    if (earlier) {
        const double points = std::round((*hit - *earlier) * 1000) / 10;
        kpi.change = pointsText(points);
        kpi.tone = points > 0 ? Tone::Good : points < 0 ? Tone::Bad : Tone::Neutral;
    }
    return kpi;
}

/// Wasted tokens, with their money; the cache hit share while nothing is known of waste.
Kpi wasteKpi(const OverviewAnswers& answers)
{
    const std::optional<LedgerSums>& ledger = answers.byFeature.totalLedger;
    const auto useful = ratios::usefulShare(ledger);
    if (!useful)
        return cacheKpi(answers.byFeature.total, answers.byFeature.totalBaseline);
    Kpi kpi{.caption = Texts::tr("Wasted tokens"),
            .figure = format::percent(1 - *useful),
            .note = Texts::tr("waste %1").arg(format::money(ledger->waste)),
            .toolTip = ratios::wasteCell(ledger).toolTip,
            .help = columnHelp(u"wasted"_s)};
    if (const auto before = ratios::usefulShare(answers.byFeature.totalLedgerBaseline)) {
        const double points = std::round((*before - *useful) * 1000) / 10;
        kpi.change = pointsText(points);
        kpi.tone = points > 0 ? Tone::Bad : points < 0 ? Tone::Good : Tone::Neutral;
    }
    return kpi;
}

Kpi costPerCallKpi(const Measures& total, const std::optional<Measures>& before,
                   const std::optional<MeanChange>& change)
{
    const auto cost = ratios::costPerCall(total);
    Kpi kpi{.caption = Texts::tr("Cost per call"),
            .figure = format::money(cost),
            .toolTip = cost ? format::exactMoney(*cost) : ratios::spendCell(total).toolTip,
            .help = columnHelp(u"cost-of-call"_s)};
    if (const auto score = ratios::meanScore(total)) {
        kpi.note = Texts::tr("mean score %1").arg(format::score(*score));
        const auto earlier = before ? ratios::meanScore(*before) : std::nullopt;
        kpi.toolTip +=
            u'\n' +
            Texts::tr("%1 of %2 calls are scored").arg(format::count(total.scoredCalls), format::count(total.calls));
        if (earlier)
            kpi.toolTip += Texts::tr("; the mean score was %1").arg(format::score(*earlier));
    } else {
        kpi.note = Texts::tr("%1 priced calls").arg(format::shortCount(ratios::pricedCalls(total)));
    }
    if (before)
        compare(kpi, asDouble(cost), asDouble(ratios::costPerCall(*before)));
    if (change && !kpi.change.isEmpty()) {
        kpi.change = changeText(*change);
        kpi.toolTip += u'\n' + costChanceText(*change);
        if (!change->isSignificant())
            kpi.tone = Tone::Neutral; // perhaps nothing changed
    }
    return kpi;
}

Kpi latencyKpi(const OverviewAnswers& answers)
{
    const Percentiles& now = answers.byFeature.totalPercentiles;
    Kpi kpi{.caption = Texts::tr("Call latency P95"),
            .figure = format::duration(now.latencyP95),
            .note = now.latencyP50 ? Texts::tr("median %1").arg(format::duration(*now.latencyP50)) : QString(),
            .toolTip = now.latencyP95 ? Texts::tr("Of 100 calls 95 took no longer")
                                      : Texts::tr("No call here says how long it took"),
            .help = columnHelp(u"latency"_s)};
    if (answers.before)
        compare(kpi, asDouble(now.latencyP95), asDouble(answers.before->latencyP95));
    if (const auto& ofACall = answers.byFeature.totalOfACall; ofACall && !kpi.change.isEmpty())
        kpi.toolTip += u'\n' + latencyChanceText(ofACall->latency);
    return kpi;
}

} // namespace

Dimension stepFor(const std::optional<Period>& period)
{
    if (!period)
        return Dimension::Day;
    const double days = static_cast<double>(period->end.microseconds() - period->first.microseconds()) / 86.4e9;
    return days <= 3     ? Dimension::Hour
           : days <= 130 ? Dimension::Day
           : days <= 900 ? Dimension::Week
                         : Dimension::Month;
}

Period periodOfStep(std::int32_t step, Dimension dimension, const ReportingCalendar& calendar)
{
    constexpr std::int64_t hour = 3'600'000'000;
    switch (dimension) {
    case Dimension::Hour: {
        const std::int32_t day = floorDivide(step, 24);
        const Timestamp start(calendar.startOfDay(day).microseconds() + (step - day * 24) * hour);
        return {start, Timestamp(start.microseconds() + hour)};
    }
    case Dimension::Week:
        return {calendar.startOfDay(step), calendar.startOfDay(step + 7)};
    case Dimension::Month:
        return calendar.month(step);
    default:
        return {calendar.startOfDay(step), calendar.startOfDay(step + 1)};
    }
}

Result<OverviewAnswers> glanceAnswers(const DailyAnswers& daily, const Scope& scope)
{
    const Period period = *scope.filter.period;
    OverviewAnswers answers;
    answers.byFeature = TRY(daily.breakdown(Dimension::Feature, period, scope.baseline));
    answers.byModel = TRY(daily.breakdown(Dimension::Model, period, {}));
    answers.spend = TRY(daily.series(Dimension::Feature, period, coloured));
    answers.trends = TRY(daily.series(Dimension::Feature, period, listed));
    return answers;
}

Result<OverviewAnswers> overviewAnswers(const Queries& queries, const Scope& scope, const StopToken& stop)
{
    const DimensionChoice feature{Dimension::Feature, {}};
    const std::optional<Period> period = scope.filter.period ? scope.filter.period : queries.extent();
    OverviewAnswers answers;
    answers.byFeature = TRY(queries.breakdown({.filter = scope.filter,
                                               .by = {feature},
                                               .wantsTotalPercentiles = true,
                                               .baseline = comparedCalls(scope),
                                               .wantsLedger = true,
                                               .wantsMeanChange = true},
                                              stop));
    answers.drains = TRY(queries.drains({.filter = scope.filter, .rows = feature}, stop));
    answers.byModel = TRY(queries.breakdown({.filter = scope.filter, .by = {{Dimension::Model, {}}}}, stop));
    if (const auto before = comparedCalls(scope))
        answers.before =
            TRY(queries.breakdown({.filter = *before, .wantsTotalPercentiles = true}, stop)).totalPercentiles;
    answers.annotations = TRY(queries.annotations(stop));
    const Dimension step = stepFor(period);
    answers.spend = TRY(queries.series({scope.filter, feature, step, coloured}, stop));
    answers.trends = TRY(queries.series({scope.filter, feature, step, listed}, stop));
    return answers;
}

std::array<Kpi, 5> overviewKpis(const OverviewAnswers& answers)
{
    const Measures& total = answers.byFeature.total;
    const std::optional<Measures>& before = answers.byFeature.totalBaseline;
    const std::optional<MeanChanges>& ofACall = answers.byFeature.totalOfACall;
    return {spendKpi(total, before), tokensKpi(total, before), wasteKpi(answers),
            costPerCallKpi(total, before, ofACall ? std::optional(ofACall->cost) : std::nullopt), latencyKpi(answers)};
}

StackedBars spendChart(const SeriesAnswer& spend, Dimension step, const std::vector<Annotation>& annotations,
                       const ReportingCalendar& calendar)
{
    StackedBars chart{.title = Texts::tr("Spend by feature"), .unit = PlotUnit::Dollars, .isRangeSelectable = true};
    for (std::size_t i = 0; i < spend.steps.size(); ++i) {
        const QString label = toQt(spend.labels[i]);
        chart.details += label;
        switch (step) {
        case Dimension::Hour:
            chart.categories += label.right(5);
            break;
        case Dimension::Month:
            chart.categories += format::month(spend.steps[i]).left(3) + label.left(4).prepend(u' ');
            break;
        default:
            chart.categories += format::day(spend.steps[i]);
        }
    }
    chart.pins = pinsOf(annotations, spend.steps, step, calendar);
    if (step == Dimension::Day)
        chart.tickSteps = {1, 2, 7, 14, 28};
    else if (step == Dimension::Hour)
        chart.tickSteps = {1, 3, 6, 12, 24};
    for (std::size_t i = 0; i < spend.series.size(); ++i) {
        const Series& series = spend.series[i];
        PlotSeries bars{.name = toQt(series.key), .hue = {.kind = Hue::Kind::Member, .member = i}};
        if (series.key.empty()) {
            bars.name = Texts::tr("%1 others").arg(series.members);
            bars.hue = {.kind = Hue::Kind::Rest};
        }
        for (const Measures& point : series.points)
            bars.values.push_back(point.cost.value_or(MoneySum()).dollars());
        chart.series.push_back(std::move(bars));
    }
    return chart;
}

RankedBars modelChart(const Breakdown& byModel)
{
    constexpr std::size_t shown = 8;
    RankedBars chart{.title = Texts::tr("Spend by model"), .unit = PlotUnit::Dollars};
    MoneySum others;
    std::size_t othersCount = 0;
    for (const BreakdownRow& row : byModel.rows) {
        if (!row.measures.cost)
            continue;
        if (byModel.rows.size() > shown && chart.series.values.size() + 1 >= shown) {
            others += *row.measures.cost;
            ++othersCount;
            continue;
        }
        chart.categories += toQt(row.keys.front());
        chart.series.values.push_back(row.measures.cost->dollars());
    }
    if (othersCount > 0) {
        chart.categories += Texts::tr("%1 others").arg(othersCount);
        chart.series.values.push_back(others.dollars());
    }
    return chart;
}

DrainChart drainChart(const DrainsAnswer& answer)
{
    constexpr std::size_t shown = 9;
    struct Bar
    {
        std::string drain;
        bool isOpportunity = false;
        MoneySum money;
    };
    std::vector<Bar> bars;
    for (const DrainCell& cell : answer.cells) {
        const bool isOpportunity = cell.confidence == Confidence::Opportunity;
        const std::string& drain = answer.columns[cell.column];
        const auto known = std::find_if(bars.begin(), bars.end(), [&](const Bar& bar) {
            return bar.drain == drain && bar.isOpportunity == isOpportunity;
        });
        if (known != bars.end())
            known->money += cell.money;
        else
            bars.push_back({drain, isOpportunity, cell.money});
    }
    std::stable_sort(bars.begin(), bars.end(), [](const Bar& a, const Bar& b) {
        return a.isOpportunity != b.isOpportunity ? b.isOpportunity : a.money > b.money;
    });
    // Waste comes first; the largest opportunities have what is left, and some place of their own in any case.
    const auto firstOpportunity =
        std::find_if(bars.begin(), bars.end(), [](const Bar& bar) { return bar.isOpportunity; });
    const auto waste = static_cast<std::size_t>(firstOpportunity - bars.begin());
    constexpr std::size_t opportunities = 3;
    const std::size_t kept = std::min(waste, shown - std::min(opportunities, bars.size() - waste));
    bars.erase(bars.begin() + static_cast<std::ptrdiff_t>(kept), firstOpportunity);
    bars.resize(std::min(bars.size(), shown));
    DrainChart chart{.bars = {.title = Texts::tr("Where it drains"), .unit = PlotUnit::Dollars}};
    for (const Bar& bar : bars) {
        chart.bars.categories +=
            bar.isOpportunity ? Texts::tr("%1 (opportunity)").arg(drainShortTitle(bar.drain)) : drainTitle(bar.drain);
        chart.bars.series.values.push_back(bar.money.dollars());
        chart.bars.hues.push_back({.kind = bar.isOpportunity ? Hue::Kind::Opportunity : Hue::Kind::Drain});
        chart.drains.push_back(bar.drain);
    }
    return chart;
}

QString paretoRemark(const Breakdown& byFeature)
{
    constexpr std::size_t telling = 5;
    if (byFeature.rows.size() < telling)
        return {};
    const auto last = std::find_if(byFeature.rows.rbegin(), byFeature.rows.rend(),
                                   [](const BreakdownRow& row) { return row.isTop20; });
    if (last == byFeature.rows.rend())
        return {};
    return Texts::tr("20% of features make %1 of spend").arg(format::percent(last->cumulativeShare));
}

} // namespace plumbline
