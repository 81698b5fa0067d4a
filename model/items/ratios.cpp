// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/ratios.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

#include "model/items/drain_tables.h"
#include "model/items/format.h"

namespace plumbline::ratios {

using namespace Qt::StringLiterals;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(Ratios)
};

std::optional<double> perCall(std::optional<TokenCount> sum, std::int64_t calls)
{
    if (!sum || calls == 0)
        return {};
    return static_cast<double>(*sum) / static_cast<double>(calls);
}

std::optional<double> mean(double sum, std::int64_t calls)
{
    return calls == 0 ? std::nullopt : std::optional(sum / static_cast<double>(calls));
}

std::optional<double> share(std::optional<TokenCount> part, std::optional<TokenCount> whole)
{
    if (!part || whole.value_or(0) == 0)
        return {};
    return static_cast<double>(*part) / static_cast<double>(*whole);
}

} // namespace

std::int64_t callsWithUsage(const Measures& measures)
{
    return measures.calls - measures.callsWithoutUsage;
}

std::int64_t pricedCalls(const Measures& measures)
{
    return callsWithUsage(measures) - measures.unpricedCalls;
}

std::optional<double> inputPerCall(const Measures& measures)
{
    return perCall(measures.input, callsWithUsage(measures));
}

std::optional<double> outputPerCall(const Measures& measures)
{
    return perCall(measures.output, callsWithUsage(measures));
}

std::optional<double> cacheHit(const Measures& measures)
{
    return share(measures.cacheRead, measures.input);
}

std::optional<double> inputShare(const Measures& measures)
{
    return share(measures.input, measures.tokens());
}

std::optional<MoneySum> costPerCall(const Measures& measures, std::int64_t calls)
{
    const std::int64_t priced = pricedCalls(measures);
    if (!measures.cost || priced <= 0)
        return {};
    // A mean below 9.2 million dollars fits 64 bits: it is one call's cost.
    return Money(divideHalfEven(measures.cost->picodollars() * calls, priced));
}

std::optional<double> windowShare(const Measures& measures)
{
    return mean(measures.windowShareSum, measures.callsWithWindow);
}

std::optional<double> meanScore(const Measures& measures)
{
    return mean(measures.scoreSum, measures.scoredCalls);
}

std::optional<double> wasteRatio(const std::optional<LedgerSums>& ledger)
{
    if (!ledger || ledger->callsAnalysed() == 0 || ledger->bill == MoneySum())
        return {};
    return ledger->waste.dollars() / ledger->bill.dollars();
}

std::optional<double> usefulShare(const std::optional<LedgerSums>& ledger)
{
    if (!ledger || ledger->callsAnalysed() == 0 || ledger->tokens == 0)
        return {};
    return 1 - static_cast<double>(ledger->wastedTokens) / static_cast<double>(ledger->tokens);
}

MakeUp makeUp(const Measures& measures, const std::optional<LedgerSums>& ledger)
{
    MakeUp makeUp;
    if (ledger && ledger->callsAnalysed() > 0) {
        for (std::size_t i = 0; i < segmentParts.size(); ++i)
            if (ledger->segments[i] > 0)
                makeUp.pieces.push_back({segmentParts[i], static_cast<double>(ledger->segments[i])});
        return makeUp;
    }
    const auto add = [&](Part part, std::optional<TokenCount> tokens) {
        if (tokens.value_or(0) > 0)
            makeUp.pieces.push_back({part, static_cast<double>(*tokens)});
    };
    add(Part::UncachedInput, measures.uncachedInput);
    add(Part::CacheRead, measures.cacheRead);
    add(Part::CacheWrite, measures.cacheWrite);
    add(Part::Output,
        measures.output ? std::optional(*measures.output - measures.reasoning.value_or(0)) : std::nullopt);
    add(Part::Reasoning, measures.reasoning);
    return makeUp;
}

QString whyNoUsage()
{
    return Texts::tr("No call here says how many tokens it used");
}

QString whatCostLeavesOut(const Measures& measures)
{
    QStringList missing;
    if (measures.unpricedCalls > 0)
        missing += Texts::tr("%1 calls have no price").arg(format::count(measures.unpricedCalls));
    if (measures.callsWithoutUsage > 0)
        missing += Texts::tr("%1 calls have no usage").arg(format::count(measures.callsWithoutUsage));
    return missing.join(u", "_s);
}

Cell spendCell(const Measures& measures)
{
    const QString leftOut = whatCostLeavesOut(measures);
    if (!measures.cost)
        return {.text = format::unknown(),
                .toolTip = Texts::tr("Unknown: %1").arg(leftOut.isEmpty() ? Texts::tr("no calls") : leftOut)};
    QString exact = format::exactMoney(*measures.cost);
    if (!leftOut.isEmpty())
        exact += u'\n' + Texts::tr("Not in it: %1").arg(leftOut);
    return {.text = format::money(*measures.cost), .value = measures.cost->dollars(), .toolTip = exact};
}

Cell tokensCell(const Measures& measures)
{
    const auto tokens = measures.tokens();
    if (!tokens)
        return {.text = format::unknown(), .toolTip = whyNoUsage()};
    return {.text = format::shortCount(*tokens),
            .value = static_cast<qlonglong>(*tokens),
            .toolTip = format::count(*tokens)};
}

Cell wasteCell(const std::optional<LedgerSums>& ledger)
{
    const auto ratio = wasteRatio(ledger);
    if (!ratio)
        return {.text = format::unknown(), .toolTip = Texts::tr("These calls were not looked at for drains yet")};
    QStringList lines = {
        Texts::tr("%1 of %2 is waste; %3 more are opportunities")
            .arg(format::money(ledger->waste), format::money(ledger->bill), format::money(ledger->opportunity)),
        Texts::tr("%1 of %2 tokens are wasted")
            .arg(format::count(ledger->wastedTokens), format::count(ledger->tokens))};
    if (ledger->callsWaiting > 0)
        lines += Texts::tr("%1 calls were not looked at yet").arg(format::count(ledger->callsWaiting));
    return {.text = format::percent(*ratio), .value = *ratio, .toolTip = lines.join(u'\n')};
}

Cell efficiencyCell(const std::optional<LedgerSums>& ledger)
{
    const auto share = usefulShare(ledger);
    if (!share)
        return {.text = format::unknown(), .toolTip = Texts::tr("These calls were not looked at for drains yet")};
    return {.text = format::percent(*share),
            .value = *share,
            .toolTip = Texts::tr("%1 of %2 tokens are of use")
                           .arg(format::count(ledger->tokens - ledger->wastedTokens), format::count(ledger->tokens))};
}

Cell makeUpCell(const Measures& measures, const std::optional<LedgerSums>& ledger)
{
    const MakeUp parts = makeUp(measures, ledger);
    if (parts.pieces.isEmpty())
        return {.text = format::unknown(), .toolTip = whyNoUsage()};
    double total = 0;
    for (const MakeUp::Piece& piece : parts.pieces)
        total += piece.amount;
    const bool bySegment = ledger && ledger->callsAnalysed() > 0;
    // Calls without usage have no tokens to be made up of.
    const auto calls = static_cast<double>(std::max<std::int64_t>(
        1, bySegment ? ledger->callsAnalysed() - measures.callsWithoutUsage : callsWithUsage(measures)));
    QStringList lines;
    for (const MakeUp::Piece& piece : parts.pieces)
        lines += Texts::tr("%1: %2 tokens a call, %3")
                     .arg(partTitle(piece.part), format::count(std::llround(piece.amount / calls)),
                          format::percent(piece.amount / total));
    if (bySegment)
        lines += splitMethodText(*ledger);
    return {.value = total / calls, .toolTip = lines.join(u'\n'), .picture = QVariant::fromValue(parts)};
}

Cell ratioCell(std::optional<double> value, QString text, const QString& whyUnknown)
{
    if (!value)
        return {.text = format::unknown(), .toolTip = whyUnknown};
    return {.text = std::move(text), .value = *value};
}

} // namespace plumbline::ratios
