// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/arguments.h"
#include "model/core/stop_token.h"

namespace plumbline {

/// Exit codes of the command line, as the man page has them.
enum ExitCode : int
{
    Done = 0,
    Failed = 1,       ///< an error that was printed
    WrongUsage = 2,   ///< unknown command, option or value
    Incomplete = 3,   ///< done, but records were skipped or files refused
    Busy = 4,         ///< another process records into the workspace
    PolicyBroken = 5, ///< check: calls break the policy
    OverBudget = 6,   ///< spend --check: a budget is exceeded, or will be
    WasCancelled = 130,
};

/// What a command is given: its arguments, and a wish to stop that Ctrl+C sets.
struct CommandCall
{
    const Arguments& arguments;
    StopToken stop;
};

/// A subcommand. One file in app/commands and one word in the list there.
struct Command
{
    std::string_view name;
    std::string_view synopsis; ///< `--store W.plumb PATH…`
    std::string_view summary;  ///< one line
    std::vector<Option> options;
    Result<int> (*run)(const CommandCall& call);
};

/// All of them, in the order of the list.
const std::vector<Command>& allCommands();

/// Runs `plumbline WORDS…`; prints errors to standard error. Answers the exit code.
int runCommandLine(const std::vector<std::string>& words);

/// Help for one command, or for all.
std::string helpText(const Command& command);
std::string helpText();

} // namespace plumbline
