// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>
#include <string>
#include <vector>

#include "app/command.h"

int main(int argc, char** argv)
{
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words.size() == 1 && words[0] == "--version") {
        std::puts("plumbline " PLUMBLINE_VERSION);
        return 0;
    }
    if (words.size() == 1 && words[0] == "--help")
        return plumbline::runCommandLine({"help"});
    if (words.empty())
        return plumbline::runCommandLine({"help"});
    return plumbline::runCommandLine(words);
}
