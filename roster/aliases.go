package roster

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// aliases are the headings by which a field is known in the exports of HR systems, in
// English, German, French and Spanish; the surest first. Case, accents, spaces and
// punctuation do not matter.
func aliases(f Field) []string {
	switch f {
	case ID:
		return words(`employee_id employee_number employee_no employee_nr employee_code emp_id emp_no emp_number emplid ee_id
			personnel_number personnel_no personnel_id worker_id associate_id staff_id staff_number person_id
			person_number file_number payroll_number payroll_id hr_id user_id pernr
			personalnummer personal_nr personal_id mitarbeiternummer mitarbeiter_nr mitarbeiter_id stammnummer
			matricule numero_employe numero_de_matricule numero_empleado id_empleado numero_de_empleado id`)
	case Name:
		return words(`name full_name display_name employee_name worker_name associate_name staff_name person_name payroll_name
			name_last_first last_name_first_name last_first employee_full_name complete_name worker employee associate
			legal_name full_legal_name mitarbeiter mitarbeitername vollständiger_name nachname_vorname vor_und_nachname
			nom_complet nom_et_prénom nombre_completo nombre_y_apellidos`)
	case FirstName:
		return words(`first_name given_name forename fname first legal_first_name first_name_legal legal_name_first_name
			vorname prénom nombre nombres primer_nombre`)
	case LastName:
		return words(`last_name family_name surname lname last legal_last_name last_name_legal legal_name_last_name
			nachname familienname zuname nom nom_de_famille apellido apellidos primer_apellido`)
	case PreferredName:
		return words(`preferred_name preferred_full_name preferred_first_name known_as nickname goes_by common_name rufname`)
	case Email:
		return words(`work_email work_email_address email_work business_email business_email_address company_email
			corporate_email email_primary_work primary_work_email work_contact_work_email email email_address email_addr email_id primary_email mail
			dienstliche_e_mail geschäftliche_e_mail e_mail_adresse e_mail_dienstlich adresse_e_mail courriel
			correo_electrónico correo`)
	case Team:
		return words(`team team_name squad department department_name dept dept_name home_department home_department_description
			org_unit org_unit_name organizational_unit organisational_unit organization_unit organisation_unit
			supervisory_organization supervisory_org organization organisation group business_unit division
			abteilung organisationseinheit bereich équipe département equipo departamento`)
	case Role:
		return words(`role job_title position_title business_title job_title_description title job_role job_name job_profile
			position_name position job designation occupation rolle stellenbezeichnung jobbezeichnung
			positionsbezeichnung berufsbezeichnung funktion stelle intitulé_du_poste poste fonction puesto cargo`)
	case Manager:
		return words(`manager manager_name line_manager line_manager_name direct_manager direct_manager_name people_manager
			manager_full_name worker_manager reporting_manager supervisor supervisor_name reports_to reports_to_name
			reporting_to immediate_supervisor boss vorgesetzter vorgesetzte vorgesetzte_r name_vorgesetzter
			führungskraft direkte_führungskraft responsable supérieur_hiérarchique responsable_hiérarchique jefe jefe_directo`)
	case ManagerID:
		return words(`manager_id manager_employee_id manager_employee_number manager_number manager_no manager_worker_id
			manager_user_id manager_personnel_number line_manager_id line_manager_employee_id direct_manager_id
			supervisor_id supervisor_employee_id supervisor_number reports_to_id reports_to_employee_id
			reports_to_associate_id vorgesetzten_id vorgesetzter_id personalnummer_vorgesetzter
			vorgesetzter_personalnummer personalnummer_führungskraft führungskraft_id`)
	case ManagerEmail:
		return words(`manager_email manager_work_email manager_email_address line_manager_email direct_manager_email
			supervisor_email supervisor_email_address reports_to_email email_manager vorgesetzter_e_mail
			e_mail_vorgesetzter führungskraft_e_mail`)
	case Level:
		return words(`level job_level career_level grade job_grade pay_grade grade_level salary_grade compensation_grade
			management_level career_band karrierestufe entgeltgruppe niveau nivel`)
	case PriorRating:
		return words(`prior_rating previous_rating prev_rating last_rating prior_year_rating previous_year_rating last_year_rating
			prior_performance_rating previous_performance_rating last_performance_rating
			most_recent_rating last_review_rating last_review_score letzte_bewertung vorjahresbewertung
			performance_rating overall_rating rating`)
	}
	return nil
}

func words(list string) []string { return strings.Fields(list) }

// meaning is what a heading means, and how sure that is: 0 is the surest.
type meaning struct {
	field Field
	rank  int
}

// meanings is every alias by its key; nobody writes into it.
var meanings = sync.OnceValue(func() map[string]meaning {
	all := map[string]meaning{}
	for _, f := range Fields() {
		for rank, alias := range aliases(f) {
			all[headingKey(alias)] = meaning{f, rank}
		}
	}
	return all
})

// spelled writes signs of headings as words: “Employee #”, “Manager’s e-mail”.
var spelled = strings.NewReplacer("#", "number", "№", "number", "'s ", " ", "’s ", " ")

// headingKey is what headings are compared by: letters and digits alone, without case
// and accents.
func headingKey(heading string) string {
	heading = spelled.Replace(heading)
	heading = cases.Fold().String(norm.NFKD.String(heading))
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, heading)
}
