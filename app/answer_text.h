// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "model/queries/breakdown.h"
#include "model/queries/call_answers.h"
#include "model/queries/workspace_answers.h"

namespace plumbline {

/// Answers as the command line prints them. JSON: unknown is null, money a decimal string of dollars.
std::string breakdownJson(const BreakdownQuestion& question, const Breakdown& answer);
std::string breakdownCsv(const BreakdownQuestion& question, const Breakdown& answer);
std::string breakdownTable(const BreakdownQuestion& question, const Breakdown& answer);

std::string explanationJson(const CostExplanation& answer);
std::string explanationText(const CostExplanation& answer);

std::string statusJson(const StatusAnswer& answer);
std::string statusText(const StatusAnswer& answer);

/// One line of what an answer leaves out; empty if nothing.
std::string completenessLine(const Completeness& completeness);

} // namespace plumbline
