// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/core/ascii.h"

namespace plumbline {

/// A model's name as somebody wrote it, taken apart: how else it may be spelled, and who may be serving it.
struct ModelName
{
    /// In lower case, the most specific first: as written, then without path, version, date and alias suffix, with
    /// dots for dashes and back, and Bedrock's profiles as `global.` or `regional.`.
    std::vector<std::string> spellings = {};
    /// Ids of providers: first those that the name itself mentions (`azure/…`, `bedrock/…`, an ARN,
    /// `anthropic.claude-…`), then the caller's.
    std::vector<std::string> providers = {};
};

/// Rules from the naming pages of the providers: Bedrock model ids and inference profiles, Vertex AI resource names,
/// Azure and OpenAI snapshots, and the prefixes of LiteLLM and OpenRouter.
/// `provider` as the source spells it, or empty.
ModelName readModelName(std::string_view model, std::string_view provider);

/// Our id of a provider for what tools call it: `aws` for `bedrock`, `aws.bedrock`, `amazon-bedrock`; `google` for
/// `vertex_ai`, `gcp.gemini`, … A provider without a price file keeps its name in lower case; a router that passes
/// its vendors' prices on (OpenRouter, LiteLLM) is empty.
std::string canonicalProvider(std::string_view provider);

/// True for those who serve other people's models at their own price, or on the user's own hardware: what the vendor
/// asks for the same weights says nothing about them.
bool setsOwnPrices(std::string_view canonicalProvider);

} // namespace plumbline
