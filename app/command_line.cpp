// SPDX-License-Identifier: GPL-3.0-or-later
#include <csignal>
#include <cstdio>

#include "app/command.h"

namespace plumbline {

namespace {

/// The token of the command at work; a signal handler may only touch what is lock-free.
const StopToken* stopOnSignal = nullptr;

void requestStop(int)
{
    if (stopOnSignal)
        stopOnSignal->requestStop();
}

int exitCodeOf(const Error& error)
{
    switch (error.kind) {
    case ErrorKind::Usage:
        return ExitCode::WrongUsage;
    case ErrorKind::Locked:
        return ExitCode::Busy;
    case ErrorKind::Cancelled:
        return ExitCode::WasCancelled;
    default:
        return ExitCode::Failed;
    }
}

int report(const Error& error)
{
    if (error.kind == ErrorKind::Cancelled)
        std::fputs("plumbline: cancelled; nothing was changed\n", stderr);
    else
        std::fprintf(stderr, "plumbline: %s\n", error.text().c_str());
    return exitCodeOf(error);
}

} // namespace

std::string helpText(const Command& command)
{
    std::string text = "plumbline " + std::string(command.name) + " " + std::string(command.synopsis) + "\n\n" +
                       std::string(command.summary) + "\n";
    for (const Option& option : command.options) {
        std::string line =
            "  --" + std::string(option.name) + (option.value.empty() ? "" : " " + std::string(option.value));
        line.resize(std::max<std::size_t>(line.size() + 2, 28), ' ');
        text += line + std::string(option.help) + "\n";
    }
    return text;
}

std::string helpText()
{
    std::string text = "plumbline            opens the window\nplumbline FILE       opens a workspace, or imports the "
                       "file, in the window\n";
    for (const Command& command : allCommands()) {
        std::string line = "plumbline " + std::string(command.name);
        line.resize(std::max<std::size_t>(line.size() + 2, 21), ' ');
        text += line + std::string(command.summary) + "\n";
    }
    return text +
           "\n'plumbline COMMAND --help' tells a command's options. Exit codes: 0 done, 1 failed, 2 wrong usage,\n"
           "3 done but incomplete, 4 the workspace is being recorded into, 5 a policy is broken, 130 cancelled.\n";
}

int runCommandLine(const std::vector<std::string>& words)
{
    const std::string& name = words[0];
    for (const Command& command : allCommands()) {
        if (command.name != name)
            continue;
        std::vector<Option> options = command.options;
        options.push_back({.name = "help"});
        const auto arguments = Arguments::parse({words.begin() + 1, words.end()}, options);
        if (!arguments)
            return report(arguments.error());
        if (arguments->has("help")) {
            std::fputs(helpText(command).c_str(), stdout);
            return ExitCode::Done;
        }
        const StopToken stop;
        stopOnSignal = &stop;
        std::signal(SIGINT, requestStop);
        std::signal(SIGTERM, requestStop);
        const Result<int> code = command.run({.arguments = *arguments, .stop = stop});
        stopOnSignal = nullptr;
        std::fflush(stdout);
        return code ? *code : report(code.error());
    }
    return report({ErrorKind::Usage, "unknown command '" + name + "'; 'plumbline help' lists them"});
}

} // namespace plumbline
