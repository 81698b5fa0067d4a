// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/trace_compare.h"

#include "model/items/alignment.h"
#include "model/items/common_cells.h"
#include "model/items/format.h"
#include "model/items/prompt_table.h"
#include "model/items/step_table.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

using FigureRows = RowTable<CallFigure>;
using Pairs = RowTable<StepPair>;

Cell amountCell(const std::optional<std::int64_t>& amount, QString (*format)(std::int64_t))
{
    if (!amount)
        return {.text = format::unknown(), .toolTip = CallCompareTable::tr("Not known of this call")};
    return {.text = format(*amount), .value = static_cast<qlonglong>(*amount)};
}

/// `+1,204`, `−3.1 s`.
Cell differenceCell(const std::optional<std::int64_t>& left, const std::optional<std::int64_t>& right,
                    QString (*format)(std::int64_t))
{
    if (!left || !right)
        return {.text = format::unknown()};
    const std::int64_t difference = *right - *left;
    if (difference == 0)
        return {.text = u"="_s, .value = 0};
    return {.text = (difference > 0 ? u"+"_s : u"−"_s) + format(difference > 0 ? difference : -difference),
            .value = static_cast<qlonglong>(difference)};
}

QString countText(std::int64_t number)
{
    return format::count(number);
}

QString moneyText(std::int64_t picodollars)
{
    return format::money(MoneySum(Money(picodollars)));
}

QString durationText(std::int64_t microseconds)
{
    return format::duration(microseconds);
}

std::optional<std::int64_t> picodollars(const std::optional<Money>& money)
{
    return money ? std::optional(money->picodollars()) : std::nullopt;
}

/// Tokens of a segment; nothing of a call that was not analysed.
std::optional<std::int64_t> tokensOf(const PromptAnswer& prompt, Segment segment)
{
    if (!prompt.isAnalysed)
        return {};
    std::int64_t tokens = 0;
    for (const auto* blocks : {&prompt.blocks, &prompt.unlogged})
        for (const PromptBlock& block : *blocks)
            if (block.segment == segment)
                tokens += block.tokens.value_or(0);
    return tokens;
}

std::optional<std::int64_t> tokensOf(const std::optional<TraceStep>& step)
{
    return step ? step->allTokens : std::nullopt;
}

std::optional<std::int64_t> costOf(const std::optional<TraceStep>& step)
{
    return step && step->allCost ? std::optional(static_cast<std::int64_t>(step->allCost->picodollars()))
                                 : std::nullopt;
}

std::optional<std::int64_t> durationOf(const std::optional<TraceStep>& step)
{
    return step && step->start && step->end ? std::optional(step->end->microseconds() - step->start->microseconds())
                                            : std::nullopt;
}

} // namespace

std::vector<StepPair> alignedSteps(const TraceAnswer& left, const TraceAnswer& right)
{
    std::vector<StepPair> pairs;
    const auto isSame = [&](std::size_t a, std::size_t b) {
        const TraceStep &before = left.steps[a], &after = right.steps[b];
        return before.name == after.name && before.kind == after.kind && before.depth == after.depth;
    };
    const std::vector<AlignedPair> places = aligned(left.steps.size(), right.steps.size(), isSame);
    for (const AlignedPair& pair : places) {
        StepPair row;
        if (pair.left)
            row.left = left.steps[*pair.left];
        if (pair.right)
            row.right = right.steps[*pair.right];
        pairs.push_back(std::move(row));
    }
    return pairs;
}

CallCompareTable::CallCompareTable(QObject* parent) : RowTable(parent) {}

void CallCompareTable::show(const PromptAnswer& left, const PromptAnswer& right)
{
    std::vector<CallFigure> figures;
    for (std::size_t i = 0; i < segmentCount; ++i) {
        const auto segment = static_cast<Segment>(i);
        const auto before = tokensOf(left, segment), after = tokensOf(right, segment);
        if (before.value_or(0) != 0 || after.value_or(0) != 0)
            figures.push_back({segmentTitle(segment), before, after, countText});
    }
    const Usage &before = left.call.usage, &after = right.call.usage;
    figures.push_back({tr("All input"), before.input(), after.input(), countText});
    figures.push_back({tr("Read from a cache"), before.cacheRead, after.cacheRead, countText});
    figures.push_back({tr("All output"), before.output(), after.output(), countText});
    figures.push_back({tr("Cost"), picodollars(left.call.cost), picodollars(right.call.cost), moneyText});
    figures.push_back({tr("Latency"), left.call.latency, right.call.latency, durationText});
    using enum ColumnKind;
    setRows(
        {{.id = u"figure"_s,
          .title = tr("Figure"),
          .kind = Name,
          .cell = [](const CallFigure& row, const FigureRows&) { return Cell{.text = row.name, .value = row.name}; }},
         {.id = u"left"_s,
          .title = tr("A"),
          .kind = Figure,
          .cell = [](const CallFigure& row, const FigureRows&) { return amountCell(row.left, row.format); },
          .toolTip = tr("Of the first call")},
         {.id = u"right"_s,
          .title = tr("B"),
          .kind = Figure,
          .cell = [](const CallFigure& row, const FigureRows&) { return amountCell(row.right, row.format); },
          .toolTip = tr("Of the second call")},
         {.id = u"difference"_s,
          .title = tr("B − A"),
          .kind = Figure,
          .cell = [](const CallFigure& row,
                     const FigureRows&) { return differenceCell(row.left, row.right, row.format); },
          .toolTip = tr("What the second call has more than the first")}},
        std::move(figures));
}

TraceCompareTable::TraceCompareTable(QObject* parent) : RowTable(parent) {}

void TraceCompareTable::show(std::vector<StepPair> pairs)
{
    using enum ColumnKind;
    const QString ofAll = tr("Of the step and all steps below it");
    setRows({{.id = u"step"_s,
              .title = tr("Step"),
              .kind = Step,
              .cell =
                  [](const StepPair& row, const Pairs&) {
                      const TraceStep& step = row.any();
                      return Cell{.text = toQt(step.name),
                                  .value = toQt(step.name),
                                  .picture =
                                      QVariant::fromValue(StepMark{.depth = step.depth,
                                                                   .kind = step.kind,
                                                                   .kindTitle = spanKindTitle(step.kind),
                                                                   .isFailed = step.status == SpanStatus::Error})};
                  }},
             {.id = u"where"_s,
              .title = tr("Where"),
              .kind = Pill,
              .cell =
                  [](const StepPair& row, const Pairs&) {
                      if (row.left && row.right)
                          return Cell{.text = tr("both"),
                                      .value = tr("both"),
                                      .picture = QVariant::fromValue(plumbline::Pill{Tone::Neutral})};
                      const QString text = row.left ? tr("only A") : tr("only B");
                      return Cell{
                          .text = text, .value = text, .picture = QVariant::fromValue(plumbline::Pill{Tone::Warning})};
                  }},
             {.id = u"tokens-left"_s,
              .title = tr("Tokens A"),
              .kind = Figure,
              .cell = [](const StepPair& row, const Pairs&) { return amountCell(tokensOf(row.left), countText); },
              .toolTip = ofAll},
             {.id = u"tokens-right"_s,
              .title = tr("Tokens B"),
              .kind = Figure,
              .cell = [](const StepPair& row, const Pairs&) { return amountCell(tokensOf(row.right), countText); },
              .toolTip = ofAll},
             {.id = u"tokens-difference"_s,
              .title = tr("Δ tokens"),
              .kind = Figure,
              .cell = [](const StepPair& row,
                         const Pairs&) { return differenceCell(tokensOf(row.left), tokensOf(row.right), countText); }},
             {.id = u"cost-left"_s,
              .title = tr("Cost A"),
              .kind = Figure,
              .cell = [](const StepPair& row, const Pairs&) { return amountCell(costOf(row.left), moneyText); },
              .toolTip = ofAll},
             {.id = u"cost-right"_s,
              .title = tr("Cost B"),
              .kind = Figure,
              .cell = [](const StepPair& row, const Pairs&) { return amountCell(costOf(row.right), moneyText); },
              .toolTip = ofAll},
             {.id = u"cost-difference"_s,
              .title = tr("Δ cost"),
              .kind = Figure,
              .cell = [](const StepPair& row,
                         const Pairs&) { return differenceCell(costOf(row.left), costOf(row.right), moneyText); }},
             {.id = u"duration-difference"_s,
              .title = tr("Δ duration"),
              .kind = Figure,
              .cell =
                  [](const StepPair& row, const Pairs&) {
                      return differenceCell(durationOf(row.left), durationOf(row.right), durationText);
                  }}},
            std::move(pairs));
}

} // namespace plumbline
