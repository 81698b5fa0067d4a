// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "model/core/ledger.h"
#include "model/items/cell.h"
#include "model/queries/measures.h"

/// What pages read off sums over calls. A ratio is over the calls that know its figure, and unknown if none does.
namespace plumbline::ratios {

std::int64_t callsWithUsage(const Measures& measures);
std::int64_t pricedCalls(const Measures& measures);

std::optional<double> inputPerCall(const Measures& measures);
std::optional<double> outputPerCall(const Measures& measures);
/// Of all input, the share read from a cache.
std::optional<double> cacheHit(const Measures& measures);
/// Of all tokens, the share that is input.
std::optional<double> inputShare(const Measures& measures);
/// To the picodollar, rounded half to even.
std::optional<MoneySum> costPerCall(const Measures& measures, std::int64_t calls = 1);
/// Of the model's context window, the mean share a call's input takes.
std::optional<double> windowShare(const Measures& measures);
std::optional<double> meanScore(const Measures& measures);

/// By segment where the calls were looked at, else by bucket.
MakeUp makeUp(const Measures& measures, const std::optional<LedgerSums>& ledger = {});
/// Of the money, the part that is waste: High and Medium. Unknown while calls wait to be looked at.
std::optional<double> wasteRatio(const std::optional<LedgerSums>& ledger);
/// Token efficiency: of all tokens, those that no drain of quantity takes as waste.
std::optional<double> usefulShare(const std::optional<LedgerSums>& ledger);

/// The cells of these figures, with exact figures and the reasons of unknown ones as tooltips.
Cell spendCell(const Measures& measures);
Cell tokensCell(const Measures& measures);
Cell makeUpCell(const Measures& measures, const std::optional<LedgerSums>& ledger = {});
Cell wasteCell(const std::optional<LedgerSums>& ledger);
Cell efficiencyCell(const std::optional<LedgerSums>& ledger);
/// `value` as `text` has it; where it is unknown, `–` and why.
Cell ratioCell(std::optional<double> value, QString text, const QString& whyUnknown);

/// Why these calls have no cost, or what their cost leaves out. Empty where it covers all of them.
QString whatCostLeavesOut(const Measures& measures);
QString whyNoUsage();

} // namespace plumbline::ratios
