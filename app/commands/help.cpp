// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>

#include "app/command.h"

namespace plumbline::commands {

namespace {

Result<int> run(const CommandCall& call)
{
    if (call.arguments.rest().empty()) {
        std::fputs(helpText().c_str(), stdout);
        return ExitCode::Done;
    }
    for (const Command& command : allCommands()) {
        if (command.name == call.arguments.rest()[0]) {
            std::fputs(helpText(command).c_str(), stdout);
            return ExitCode::Done;
        }
    }
    return fail(ErrorKind::Usage, "there is no command '" + call.arguments.rest()[0] + "'");
}

} // namespace

Command help()
{
    return {.name = "help",
            .synopsis = "[COMMAND]",
            .summary = "This list, or what a command can do",
            .options = {},
            .run = run};
}

} // namespace plumbline::commands
