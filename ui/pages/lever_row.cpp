// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/lever_row.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QStyle>

#include <algorithm>
#include <cmath>

#include "model/items/format.h"
#include "model/items/what_if_tables.h"
#include "ui/theme/colors.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

constexpr int steps = 1000;
/// Wide ranges get finer towards their small end: half of the way is an eighth of them.
constexpr double wide = 1000, bend = 3;

/// The nearest value with as many digits as a hand can mean.
double rounded(double value, const LeverParameter& parameter)
{
    if (!parameter.words.empty() || parameter.most - parameter.least <= wide)
        return std::round(value);
    const double size = std::pow(10, std::max(0.0, std::floor(std::log10(std::max(1.0, value))) - 1));
    return std::round(value / size) * size;
}

} // namespace

LeverRow::LeverRow(const LeverUse& use, QWidget* parent)
    : QWidget(parent)
    , m_lever(*leverOf(use.lever))
    , m_on(new QCheckBox(this))
    , m_title(new QLabel(this))
    , m_slider(new QSlider(Qt::Horizontal, this))
    , m_value(new QLabel(this))
    , m_saving(new QLabel(this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 3, 0, 3);
    row->setSpacing(10);
    m_on->setAccessibleName(tr("Pull: %1").arg(leverTitle(use.lever)));
    m_title->setAccessibleName(tr("Set up: %1").arg(leverTitle(use.lever)));
    m_title->setWordWrap(true);
    m_title->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    m_title->setToolTip(u"<p>%1</p><p>%2</p>"_s.arg(leverText(m_lever.explanation), riskTitle(m_lever.risk)));
    m_slider->setAccessibleName(leverTitle(use.lever));
    const bool hasWords = !first().words.empty();
    m_slider->setRange(0, hasWords ? static_cast<int>(first().words.size()) - 1 : steps);
    m_slider->setPageStep(hasWords ? 1 : steps / 10);
    m_slider->setSingleStep(hasWords ? 1 : steps / 100);
    m_value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_saving->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_saving->setAccessibleName(tr("Saving: %1").arg(leverTitle(use.lever)));
    row->addWidget(m_on);
    row->addWidget(m_title, 13);
    row->addWidget(m_slider, 11);
    // Of a fixed size, so that a figure that moves lays nothing out: the titles of all rows would be measured again.
    constexpr int valueWidth = 96, savingWidth = 66, around = 4;
    const int height = m_value->fontMetrics().height() + around;
    m_value->setFixedSize(valueWidth, height);
    row->addWidget(m_value);
    m_saving->setFixedSize(savingWidth, height);
    row->addWidget(m_saving);
    setUse(use);
    for (QWidget* part : {static_cast<QWidget*>(m_on), static_cast<QWidget*>(m_title), static_cast<QWidget*>(m_slider)})
        part->installEventFilter(this);
    connect(m_slider, &QSlider::valueChanged, this, [this](int position) {
        take(position);
        m_slider->isSliderDown() ? emit moved(m_use) : emit changed(m_use);
    });
    connect(m_slider, &QSlider::sliderReleased, this, [this] { emit changed(m_use); });
    connect(m_on, &QCheckBox::toggled, this, [this](bool isOn) {
        m_use.isOn = isOn;
        showValue();
        emit changed(m_use);
    });
    connect(m_title, &QLabel::linkActivated, this, &LeverRow::editRequested);
}

void LeverRow::setUse(const LeverUse& use)
{
    m_use = use;
    const QSignalBlocker quiet(m_on), still(m_slider);
    m_on->setChecked(use.isOn);
    if (!m_slider->isSliderDown())
        m_slider->setValue(placeOf(leverValue(use, first())));
    showValue();
}

bool LeverRow::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        emit focusChanged(event->type() == QEvent::FocusIn);
    return QWidget::eventFilter(watched, event);
}

void LeverRow::takeFocus()
{
    m_slider->setFocus();
}

void LeverRow::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        showValue(); // a link has its colour in its text
    QWidget::changeEvent(event);
}

int LeverRow::placeOf(double value) const
{
    if (!first().words.empty())
        return static_cast<int>(value);
    const double range = first().most - first().least;
    const double share = (value - first().least) / range;
    return static_cast<int>(std::lround((range > wide ? std::pow(share, 1 / bend) : share) * steps));
}

double LeverRow::valueAt(int position) const
{
    if (!first().words.empty())
        return position;
    const double range = first().most - first().least;
    const double share = static_cast<double>(position) / steps;
    const double value = first().least + (range > wide ? std::pow(share, bend) : share) * range;
    return std::clamp(rounded(value, first()), first().least, first().most);
}

void LeverRow::take(int position)
{
    const double value = valueAt(position);
    if (first().words.empty())
        m_use.parameters[std::string(first().id)] = value;
    else
        m_use.parameters[std::string(first().id)] = std::string(first().words[static_cast<std::size_t>(value)]);
    m_use.isOn = true;
    const QSignalBlocker quiet(m_on);
    m_on->setChecked(true);
    showValue();
}

void LeverRow::showValue()
{
    QString text = leverValueText(first(), leverValue(m_use, first()));
    const auto to = m_use.parameters.find("to");
    if (m_use.lever == "route-model")
        text = to == m_use.parameters.end() ? tr("to which model?")
                                            : text + u" → "_s + toQt(std::get<std::string>(to->second));
    m_value->setText(m_value->fontMetrics().elidedText(text, Qt::ElideRight, m_value->width()));
    m_value->setToolTip(text);
    for (QWidget* widget : {static_cast<QWidget*>(m_value), static_cast<QWidget*>(m_saving)})
        widget->setEnabled(m_use.isOn);
    const Colors& colors = colorsOf(*this);
    m_title->setText(u"<a href='#' style='color:%1; text-decoration:none'>%2</a>"_s.arg(
        (m_use.isOn ? colors.text : colors.secondary).name(), leverTitle(m_use.lever).toHtmlEscaped()));
    if (m_slider->property("off") != !m_use.isOn) {
        m_slider->setProperty("off", !m_use.isOn);
        m_slider->style()->unpolish(m_slider); // looks at its properties again
        m_slider->style()->polish(m_slider);
        m_slider->update();
    }
}

void LeverRow::setSaving(const std::optional<MoneySum>& saving)
{
    if (!saving || !m_use.isOn) {
        m_saving->setText(m_use.isOn ? QString() : u"–"_s);
        return;
    }
    m_saving->setText(savingText(*saving));
    m_saving->setToolTip(format::exactMoney(*saving));
    const Colors& colors = colorsOf(*this);
    QPalette palette = m_saving->palette();
    palette.setColor(QPalette::WindowText, *saving < MoneySum()   ? colors.bad
                                           : *saving > MoneySum() ? colors.good
                                                                  : colors.secondary);
    m_saving->setPalette(palette);
}

} // namespace plumbline
