// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "importers/json/json.h"
#include "importers/prompts/block_writer.h"
#include "importers/prompts/fields.h"

/// The shapes of prompts and answers, from the whole to its parts. Each family has its file; the vendors' API
/// references are named there.
namespace plumbline::prompts {

/// Anything a source calls input or output, also as JSON in a string (split_value.cpp).
void splitValue(BlockWriter& writer, json::Value value);
/// Whether splitValue() would find more in an object or array than JSON.
bool recognises(json::Value value, int depth = 0);

/// Requests and answers that hold messages among other things (envelopes.cpp).
bool isEnvelope(const Fields& fields, int depth);
void splitEnvelope(BlockWriter& writer, const Fields& fields);

/// Messages (messages.cpp), and the objects LangChain wraps them in (langchain_objects.cpp).
BlockRole roleOf(std::string_view name);
bool isMessage(const Fields& fields);
void splitMessage(BlockWriter& writer, const Fields& fields);
void splitMessageAs(BlockWriter& writer, const Fields& fields, BlockRole role);
bool isLangChainObject(const Fields& fields);
void splitLangChainObject(BlockWriter& writer, json::Value whole, const Fields& fields);

/// The content of a message: a text or parts (parts.cpp). Parts are named by their `type` or by a key of their own
/// (keyed_parts.cpp).
void splitContent(BlockWriter& writer, json::Value content);
bool isPart(const Fields& fields);
BlockRole roleOfPart(const BlockWriter& writer, const Fields& fields);
void splitPart(BlockWriter& writer, json::Value whole, const Fields& fields);
bool isKeyedPart(const Fields& fields);
void splitKeyedPart(BlockWriter& writer, json::Value whole, const Fields& fields);

/// Calls of tools and what defines them (tools.cpp).
bool isToolCall(const Fields& fields);
void splitToolCall(BlockWriter& writer, const Fields& fields);
void splitToolCalls(BlockWriter& writer, json::Value calls);
bool isToolDefinition(const Fields& fields);
void splitToolDefinitions(BlockWriter& writer, json::Value definitions);

/// What a retriever found (documents.cpp).
bool isDocument(const Fields& fields);
void splitDocuments(BlockWriter& writer, json::Value documents);

} // namespace plumbline::prompts
