// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "model/queries/drain_answers.h"

namespace plumbline {

/// The answer about drains as the command line prints it: a line a row, column and confidence.
struct DrainLines
{
    struct Line
    {
        std::string row = {};    ///< empty: all of them together
        std::string column = {}; ///< a drain, or a value
        DrainCell cell = {};
    };
    std::string rowTitle = {}, columnTitle = {}; ///< `feature`, `drain`
    std::vector<Line> lines = {};
    DrainsAnswer answer = {};
};
/// `together`: rows are added up.
DrainLines drainLines(const DrainsQuestion& question, bool together, DrainsAnswer answer);

/// JSON: money is a decimal string of dollars.
/// `finding` of `drain`, where one drain was asked for.
std::string drainsJson(const DrainLines& lines, const std::string& drain, const std::optional<FindingAnswer>& finding);
std::string drainsCsv(const DrainLines& lines);
std::string drainsMarkdown(const DrainLines& lines);
std::string drainsTable(const DrainLines& lines);

} // namespace plumbline
