// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "importers/json/json.h"

namespace plumbline::otlp {

/// Who wrote a span: the scope it stands in.
struct Instrumentation
{
    std::string_view name = {};
    std::string_view version = {};

    bool isClaudeCode() const { return name.starts_with("com.anthropic.claude_code"); }
    bool isAiSdk() const { return name == "ai"; }
};

Instrumentation instrumentationOf(json::Value scope);
/// Whether a version is before `major.minor`; false for none.
bool isBefore(std::string_view version, int major, int minor);

} // namespace plumbline::otlp
