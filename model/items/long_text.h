// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/core/stop_token.h"

class QIODevice;

namespace plumbline {

/// A text of any length, in parts that a window can lay out: of 4 MB at most, each ending with a line where one ends
/// near. Its pieces (UTF-8) are shared, not copied. Immutable; any thread may ask.
class LongText
{
public:
    using Piece = std::shared_ptr<const std::string>;
    enum class Direction
    {
        Forwards,
        Backwards,
    };

    LongText() = default;
    explicit LongText(const QString& text);
    /// One after the other, with an empty line between them; null and empty ones are left out.
    explicit LongText(const std::vector<Piece>& pieces);

    bool isEmpty() const { return m_parts.empty(); }
    /// Of UTF-8.
    std::size_t bytes() const { return m_bytes; }
    int parts() const { return static_cast<int>(m_parts.size()); }
    QString part(int index) const;
    /// The part at `first` or the next one in that direction, going round, that holds `text` in whatever case.
    /// Cancelled.
    Result<std::optional<int>> partWith(const QString& text, int first, Direction direction,
                                        const StopToken& stop) const;
    /// How often that part holds `text` in whatever case, one after the other; of "" nothing. Cancelled.
    Result<int> timesIn(int part, const QString& text, const StopToken& stop) const;
    /// All of it. False: the device refused.
    bool writeTo(QIODevice& device) const;

private:
    /// Bytes of a piece.
    struct Span
    {
        Piece piece;
        std::size_t from = 0, to = 0;
    };
    void add(const Piece& piece);

    std::vector<std::vector<Span>> m_parts;
    std::size_t m_bytes = 0;
    std::size_t m_lastPart = 0; ///< bytes of it
};

} // namespace plumbline
