package tui

import "calibrate/calibration"

// The signs that say the same as the colours do. Each is one cell in every
// terminal that does not widen all such signs; none has an emoji form.
const (
	markSeen     = "✓"
	markNotSeen  = "✗"
	markBlank    = "·"
	markCursor   = "▸"
	markBar      = "┃" // beside what the cursor is on
	markRule     = "─"
	markSide     = "│"
	markNote     = "✎"
	markDampener = "▿"
	markAbove    = "↑"
	markFits     = "="
	markBelow    = "↓"
	markMoreUp   = "▴"
	markMoreDown = "▾"
	markLeft     = "‹"
	markRight    = "›"
	markDraft    = "○"
	markPanel    = "◇"
	markFinal    = "●"
)

// marksPast tells up to three past sessions apart on the ruler, latest first.
var marksPast = [3]string{"◆", "■", "▲"}

func stageMark(s calibration.Stage) string {
	switch s {
	case calibration.Panel:
		return markPanel
	case calibration.Final:
		return markFinal
	}
	return markDraft
}

func verdictMark(v calibration.Verdict) string {
	switch v {
	case calibration.Above:
		return markAbove
	case calibration.Fits:
		return markFits
	case calibration.Below:
		return markBelow
	}
	return ""
}

// sightMark is a statement's tick.
func (t theme) sightMark(s calibration.Sight) string {
	switch s {
	case calibration.Seen:
		return t.good.paint(markSeen)
	case calibration.NotSeen:
		return t.bad.paint(markNotSeen)
	}
	return t.faint.paint(markBlank)
}
