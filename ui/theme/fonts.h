// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>

/// The faces of the house: Inter at 13 px and JetBrains Mono, the system's own where they are missing.
class QWidget;

namespace plumbline::fonts {

/// While it lives, the faces of this thread are those of paper: letters without shaping, since what shaping puts in
/// place of `–` and `−` has no Unicode and is lost to readers of a PDF.
class OnPaper
{
public:
    OnPaper();
    ~OnPaper();
    OnPaper(const OnPaper&) = delete;
    OnPaper& operator=(const OnPaper&) = delete;
};

QFont text();
QFont bold();
/// Of cards: 12.5 px semibold.
QFont heading();
/// Beside a heading, below a figure: 11 px.
QFont small();
/// Of a KPI: 24 px semibold.
QFont kpi();
QFont title();
QFont mono();
/// Of long texts: letters stand for themselves, since shaping thousands of lines takes longer than reading them.
QFont longMono();
/// Gives a widget the face of long texts, whatever style it comes under later: a theme that is changed sets fonts anew.
void setLongMono(QWidget& widget);

} // namespace plumbline::fonts
