// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace plumbline {

/// `plumbline [FILE…]`: the window, on a workspace or with files to import. `--sample` opens the sample workspace,
/// `--screenshots DIR [--workspace W.plumb]` writes a picture of every page, light and dark, and ends. Answers the exit
/// code.
int runWindow(int& argc, char** argv, const std::vector<std::string>& words);

} // namespace plumbline
