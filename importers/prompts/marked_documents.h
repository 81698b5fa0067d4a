// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace plumbline::prompts {

/// A retrieved document that stands in a message, marked up as vendors advise:
/// `<document index="1"><source>…</source><document_content>…</document_content></document>`, `<doc id="a">…</doc>`.
struct MarkedDocument
{
    std::size_t first = 0, end = 0; ///< of the text, with its tags
    std::string_view id = {};       ///< its attribute id, index, source, name or title; else its element source
};

/// Finds them one after the other, in time linear in the text whatever that is.
class MarkedDocuments
{
public:
    /// `takesContext`: also what stands in `<context>`, which in instructions is as often no document.
    MarkedDocuments(std::string_view text, bool takesContext) : m_text(text), m_takesContext(takesContext) {}
    /// Whether there is another one.
    bool next(MarkedDocument& found);

private:
    std::string_view m_text;
    bool m_takesContext;
    std::size_t m_at = 0;
    std::size_t m_contextUntil = 0; ///< before it a context that holds documents is open
    unsigned m_unclosed = 0;        ///< by tag: none further on is closed
};

} // namespace plumbline::prompts
