package cli

import "github.com/spf13/cobra"

func newSession(s *shell) *cobra.Command {
	return group("session", "Hold a calibration session",
		newSessionNew(s),
	)
}
