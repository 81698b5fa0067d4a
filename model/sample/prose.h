// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "model/sample/random.h"

namespace plumbline::sample {

/// What a text is about: each register has its own phrases.
enum class Register
{
    Policy,  ///< rules of the house: system prompts and the knowledge base
    Request, ///< what a customer writes
    Reply,   ///< what an assistant answers
    Report,  ///< figures and findings
    Code,    ///< a diff, one line a sentence
    Review,  ///< remarks on code
};

/// Appends English-looking sentences, put together from phrases, until `target` has grown by about `tokens` tokens.
/// The text is a pure function of the stream of `random`.
void appendProse(std::string& target, Register kind, std::int64_t tokens, Random& random);

/// One sentence without a space behind it.
void appendSentence(std::string& target, Register kind, Random& random);

/// A name in two words from the house's vocabulary: `ridge tent`.
std::string_view productName(Random& random);
std::string_view customerName(Random& random);

/// The sentence of `text` in which byte `at` is, without its line: what an answer quotes.
std::string_view sentenceAt(std::string_view text, std::size_t at);

} // namespace plumbline::sample
