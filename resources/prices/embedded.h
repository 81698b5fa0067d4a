// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace plumbline::resources {

/// A file that is part of the program: its bytes live as long as the process.
struct EmbeddedFile
{
    std::string_view name;
    std::string_view text;
};

/// The price files, in the order in which providers are asked for a model.
std::span<const EmbeddedFile> priceFiles();

} // namespace plumbline::resources
