// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "app/command.h"
#ifdef PLUMBLINE_HAS_WINDOW
#include "app/window_start.h"
#endif

namespace {

bool isCommand(const std::string& word)
{
    for (const plumbline::Command& command : plumbline::allCommands())
        if (command.name == word)
            return true;
    return false;
}

} // namespace

int main(int argc, char** argv)
{
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words.size() == 1 && words[0] == "--version") {
        std::puts("plumbline " PLUMBLINE_VERSION);
        return 0;
    }
    if (words.size() == 1 && words[0] == "--help")
        return plumbline::runCommandLine({"help"});
    if (!words.empty() && isCommand(words[0]))
        return plumbline::runCommandLine(words);
#ifdef PLUMBLINE_HAS_WINDOW
    // A bare word that is neither a command nor a file is a mistyped command.
    const bool isMistyped =
        !words.empty() && !words[0].starts_with("-") && words[0].find_first_of("./") == std::string::npos;
    if (!isMistyped) {
        const bool hasDisplay =
            std::getenv("DISPLAY") || std::getenv("WAYLAND_DISPLAY") || std::getenv("QT_QPA_PLATFORM");
        if (!hasDisplay) {
            std::fputs("plumbline: there is no display for the window; 'plumbline help' tells what works without one\n",
                       stderr);
            return plumbline::ExitCode::Failed;
        }
        return plumbline::runWindow(argc, argv, words);
    }
#endif
    return plumbline::runCommandLine(words.empty() ? std::vector<std::string>{"help"} : words);
}
