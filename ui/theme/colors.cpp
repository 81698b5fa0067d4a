// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/colors.h"

#include <QPalette>
#include <QWidget>

#include <algorithm>
#include <cmath>

#include "model/items/cell.h"

namespace plumbline {

namespace {

constexpr QRgb rgb(unsigned value)
{
    return 0xff000000U | value;
}

// The palette of members is one for day and dusk: a feature keeps its colour.
const std::array<QColor, 7> memberColors = {rgb(0x5B7DB1), rgb(0x7FA99B), rgb(0xD0A35C), rgb(0x9B7EBD),
                                            rgb(0xC0787A), rgb(0x6FA8C9), rgb(0xA8A15C)};

} // namespace

const Colors& lightColors()
{
    static const Colors colors{
        .window = rgb(0xF6F7F9),
        .card = rgb(0xFFFFFF),
        .border = rgb(0xE2E5EA),
        .text = rgb(0x1B1F27),
        .secondary = rgb(0x6A7282),
        .accent = rgb(0x2B55D4),
        .selection = rgb(0xEEF2FD),
        .primary = rgb(0x2B55D4),
        .onPrimary = rgb(0xFFFFFF),
        .good = rgb(0x1E8A4C),
        .bad = rgb(0xC23B3B),
        .warning = rgb(0x8F6410),
        .neutralFill = rgb(0xF0F1F4),
        .goodFill = rgb(0xE3F4EA),
        .warningFill = rgb(0xFDF1DA),
        .badFill = rgb(0xFBE6E6),
        .hover = rgb(0xF2F4F8),
        .code = rgb(0xF5F6F8),
        .dropFill = rgb(0xF5F8FF),
        .dropBorder = rgb(0x9DB2EE),
        .cacheWrite = rgb(0x8C929C),
        .system = rgb(0x4269D0),
        .tools = rgb(0x3CA0A0),
        .history = rgb(0xEF8A3C),
        .context = rgb(0xE3B93C),
        .toolResult = rgb(0xA463C4),
        .user = rgb(0x5DA55B),
        .other = rgb(0xBAB0AC),
        .output = rgb(0xD8505C),
        .reasoning = rgb(0xF19CA8),
        .members = memberColors,
        .rest = rgb(0x8C929C),
        .heatLeast = rgb(0xFFFFFF),
        .heatMiddle = rgb(0xFABE6E),
        .heatMost = rgb(0xB02A2A),
        .heatNothing = rgb(0xF8F9FC),
        .drain = rgb(0xC2603F),
        .opportunity = rgb(0xE3C4BA),
        .saved = rgb(0xBFE3CC),
    };
    return colors;
}

const Colors& darkColors()
{
    // What has a meaning of its own – segments, members, the primary button – keeps its colour after dusk.
    static const Colors colors = [] {
        Colors dark = lightColors();
        dark.window = rgb(0x14171C);
        dark.card = rgb(0x1B1F26);
        dark.border = rgb(0x2C323C);
        dark.text = rgb(0xE6E9EE);
        dark.secondary = rgb(0x98A0AE);
        dark.accent = rgb(0x6C8CFF);
        dark.selection = rgb(0x222C45);
        dark.good = rgb(0x4CC07F);
        dark.bad = rgb(0xF0787A);
        dark.warning = rgb(0xE0B35A);
        dark.neutralFill = rgb(0x2A303A);
        dark.goodFill = rgb(0x1B3527);
        dark.warningFill = rgb(0x3A2F18);
        dark.badFill = rgb(0x402325);
        dark.hover = rgb(0x232933);
        dark.code = rgb(0x15191F);
        dark.dropFill = rgb(0x1A2233);
        dark.dropBorder = rgb(0x43578F);
        dark.heatLeast = rgb(0x1B1F26);
        dark.heatMiddle = rgb(0x7A4A18);
        dark.heatMost = rgb(0xE5533D);
        dark.heatNothing = rgb(0x1F242C);
        dark.opportunity = rgb(0x5E4038);
        dark.saved = rgb(0x2A5A40);
        return dark;
    }();
    return colors;
}

QColor Colors::heat(double share) const
{
    const auto between = [](const QColor& from, const QColor& to, double at) {
        return QColor::fromRgbF(static_cast<float>(from.redF() + (to.redF() - from.redF()) * at),
                                static_cast<float>(from.greenF() + (to.greenF() - from.greenF()) * at),
                                static_cast<float>(from.blueF() + (to.blueF() - from.blueF()) * at));
    };
    share = std::clamp(share, 0.0, 1.0);
    return share < 0.5 ? between(heatLeast, heatMiddle, share * 2) : between(heatMiddle, heatMost, share * 2 - 1);
}

QColor Colors::readableOn(const QColor& fill)
{
    // Relative luminance and contrast of WCAG 2.
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    const double luminance =
        0.2126 * linear(fill.redF()) + 0.7152 * linear(fill.greenF()) + 0.0722 * linear(fill.blueF());
    return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 ? QColor(Qt::white) : QColor(Qt::black);
}

const QColor& Colors::of(Part part) const
{
    switch (part) {
    case Part::UncachedInput:
    case Part::CacheRead: // told apart by its hatching
    case Part::Other:
        return other;
    case Part::System:
        return system;
    case Part::Tools:
        return tools;
    case Part::History:
        return history;
    case Part::Context:
        return context;
    case Part::ToolResult:
        return toolResult;
    case Part::User:
        return user;
    case Part::CacheWrite:
        return cacheWrite;
    case Part::Output:
        return output;
    case Part::Reasoning:
        return reasoning;
    }
    return rest;
}

const QColor& Colors::barOf(Tone tone) const
{
    switch (tone) {
    case Tone::Neutral:
        return rest;
    case Tone::Good:
        return user;
    case Tone::Warning:
        return context;
    case Tone::Bad:
        return output;
    }
    return rest;
}

const QColor& Colors::textOf(Tone tone) const
{
    switch (tone) {
    case Tone::Neutral:
        return secondary;
    case Tone::Good:
        return good;
    case Tone::Warning:
        return warning;
    case Tone::Bad:
        return bad;
    }
    return text;
}

const QColor& Colors::fillOf(Tone tone) const
{
    switch (tone) {
    case Tone::Neutral:
        return neutralFill;
    case Tone::Good:
        return goodFill;
    case Tone::Warning:
        return warningFill;
    case Tone::Bad:
        return badFill;
    }
    return neutralFill;
}

bool isDark(const QPalette& palette)
{
    return palette.color(QPalette::Window).lightness() < 128;
}

const Colors& colorsOf(const QPalette& palette)
{
    return isDark(palette) ? darkColors() : lightColors();
}

const Colors& colorsOf(const QWidget& widget)
{
    return colorsOf(widget.palette());
}

QPalette paletteOf(const Colors& colors)
{
    QPalette palette;
    const auto set = [&](QPalette::ColorRole role, const QColor& color) { palette.setColor(role, color); };
    set(QPalette::Window, colors.window);
    set(QPalette::WindowText, colors.text);
    set(QPalette::Base, colors.card);
    set(QPalette::AlternateBase, colors.hover);
    set(QPalette::ToolTipBase, colors.card);
    set(QPalette::ToolTipText, colors.text);
    set(QPalette::PlaceholderText, colors.secondary);
    set(QPalette::Text, colors.text);
    set(QPalette::Button, colors.card);
    set(QPalette::ButtonText, colors.text);
    set(QPalette::BrightText, colors.bad);
    set(QPalette::Light, colors.card);
    set(QPalette::Midlight, colors.hover);
    set(QPalette::Mid, colors.border);
    set(QPalette::Dark, colors.border);
    set(QPalette::Shadow, colors.border);
    set(QPalette::Highlight, colors.selection);
    set(QPalette::HighlightedText, colors.text);
    set(QPalette::Link, colors.accent);
    set(QPalette::LinkVisited, colors.accent);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, colors.secondary);
    return palette;
}

} // namespace plumbline
