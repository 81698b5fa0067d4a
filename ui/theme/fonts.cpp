// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/fonts.h"

#include <QFontDatabase>
#include <QWidget>

namespace plumbline::fonts {

using namespace Qt::StringLiterals;

namespace {

thread_local int papers = 0;

QFont face(QFontDatabase::SystemFont fallback, const QString& family, double pixels, QFont::Weight weight)
{
    QFont font = QFontDatabase::systemFont(fallback);
    // Asked once a face: the list of families is long.
    static const bool hasInter = QFontDatabase::hasFamily(u"Inter"_s);
    static const bool hasMono = QFontDatabase::hasFamily(u"JetBrains Mono"_s);
    if (fallback == QFontDatabase::FixedFont ? hasMono : hasInter)
        font.setFamily(family);
    // Half pixels exist only as points; a pixel is three quarters of one at 96 dpi.
    if (pixels == static_cast<int>(pixels))
        font.setPixelSize(static_cast<int>(pixels));
    else
        font.setPointSizeF(pixels * 0.75);
    font.setWeight(weight);
    font.setHintingPreference(QFont::PreferNoHinting);
    if (papers > 0)
        font.setStyleStrategy(QFont::PreferNoShaping);
    return font;
}

QFont ui(double pixels, QFont::Weight weight = QFont::Normal)
{
    return face(QFontDatabase::GeneralFont, u"Inter"_s, pixels, weight);
}

} // namespace

OnPaper::OnPaper()
{
    ++papers;
}

OnPaper::~OnPaper()
{
    --papers;
}

QFont text()
{
    return ui(13);
}

QFont bold()
{
    return ui(13, QFont::DemiBold);
}

QFont heading()
{
    return ui(12.5, QFont::DemiBold);
}

QFont small()
{
    return ui(11);
}

QFont kpi()
{
    return ui(24, QFont::DemiBold);
}

QFont title()
{
    return ui(16, QFont::Bold);
}

QFont mono()
{
    return face(QFontDatabase::FixedFont, u"JetBrains Mono"_s, 12, QFont::Normal);
}

QFont longMono()
{
    QFont font = mono();
    font.setStyleStrategy(QFont::PreferNoShaping);
    font.setKerning(false);
    return font;
}

void setLongMono(QWidget& widget)
{
    widget.setProperty("mono", true);
    widget.setFont(longMono());
}

} // namespace plumbline::fonts
