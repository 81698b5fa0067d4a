// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/core/span.h"

namespace plumbline {

std::string_view idOf(SpanKind kind)
{
    constexpr std::string_view ids[] = {"other", "llm", "embedding", "retriever", "tool", "agent", "chain", "event"};
    return ids[static_cast<std::size_t>(kind)];
}

std::string_view idOf(SpanStatus status)
{
    constexpr std::string_view ids[] = {"unknown", "ok", "warning", "error"};
    return ids[static_cast<std::size_t>(status)];
}

std::string_view idOf(BlockRole role)
{
    constexpr std::string_view ids[] = {"unknown", "system", "developer", "user", "assistant", "tool"};
    return ids[static_cast<std::size_t>(role)];
}

std::string_view idOf(BlockKind kind)
{
    constexpr std::string_view ids[] = {"text",     "tool-definition", "tool-call", "tool-result",
                                        "document", "media",           "reasoning"};
    return ids[static_cast<std::size_t>(kind)];
}

} // namespace plumbline
