"""Words of a place's statistics: levels of areas, what a missing value means, themes, aspects and dimensions."""

from bygd.vocabulary.words import Word


class Level(Word):
    """Levels of areas that statistics are published for, smallest first."""

    VILLAGE = "village", "Our village"
    SMALL_AREA = "small_area", "Small area"
    LOCALITY = "locality", "Locality"
    DISTRICT = "district", "District"
    MUNICIPALITY = "municipality", "Municipality"
    COUNTY = "county", "County or region"
    COUNTRY = "country", "Country"


class ValueStatus(Word):
    """Whether there is a value, and if not, why. A withheld value is never nought."""

    OBSERVED = "observed", "Published"
    PROVISIONAL = "provisional", "Published, provisional"
    ESTIMATED = "estimated", "Published, estimated"
    BREAK = "break", "Published, with a break before it: not to be compared with earlier years"
    REVISED = "revised", "Published, revised by the source"
    SUPPRESSED = "suppressed", "Withheld by the source"
    WITHHELD = "withheld", "Withheld here: so few that one could be recognised"
    UNCOVERED = "uncovered", "Cannot be told from the registers read"
    MISSING = "missing", "Not published"
    NOT_APPLICABLE = "not_applicable", "Cannot occur"


class FormGroup(Word):
    """Groups of legal forms that registers are counted by."""

    COMPANY = "company", "Companies and partnerships"
    COOPERATIVE = "cooperative", "Co-operatives"
    HOUSING = "housing_cooperative", "Co-operatives of housing"
    MUTUAL = "mutual", "Mutuals"
    EMPLOYEES = "employee_owned", "Employee-owned"
    SOCIAL = "social", "Associations and foundations"
    PUBLIC = "public", "Public bodies"
    FOREIGN = "foreign", "Foreign organisations"
    UNKNOWN = "unknown", "Legal form not known"


class Direction(Word):
    """Whether more of it is better; many figures of a place are neither."""

    MORE = "more", "More is better"
    LESS = "less", "Less is better"
    NEITHER = "neither", "Neither more nor less is better"


class Combining(Word):
    """How values of small areas make that of a larger one."""

    SUM = "sum", "Values are added"
    WEIGHTED = "weighted", "Values are averaged by what they are shares of"
    NONE = "none", "Values can be neither added nor averaged"


class Classing(Word):
    """How values are sorted into the classes of a map."""

    QUANTILES = "quantiles", "As many areas in each class"
    STEPS = "steps", "Equal steps"


class Theme(Word):
    """Themes of broad prosperity here and now."""

    WELLBEING = "wellbeing", "Well-being"
    MATERIAL = "material", "Material prosperity"
    HEALTH = "health", "Health"
    WORK = "work", "Work and leisure"
    HOUSING = "housing", "Housing"
    SOCIETY = "society", "Society"
    SAFETY = "safety", "Safety"
    ENVIRONMENT = "environment", "Environment"
    POPULATION = "population", "Population"
    ENTERPRISE = "enterprise", "Enterprise and ownership"


class Aspect(Word):
    """Aspects of broad prosperity: here and now, later by its four capitals, elsewhere, and how it is shared."""

    NOW = "now", "Here and now"
    LATER_NATURAL = "later_natural", "Later: natural capital"
    LATER_SOCIAL = "later_social", "Later: social capital"
    LATER_HUMAN = "later_human", "Later: human capital"
    LATER_ECONOMIC = "later_economic", "Later: economic capital"
    ELSEWHERE = "elsewhere", "Elsewhere"
    DISTRIBUTION = "distribution", "Distribution"


class Dimension(Word):
    """The doughnut: twelve dimensions of the social foundation and nine of the ecological ceiling."""

    FOOD = "food", "Food"
    HEALTH = "health", "Health"
    EDUCATION = "education", "Education"
    INCOME = "income_and_work", "Income and work"
    PEACE = "peace_and_justice", "Peace and justice"
    VOICE = "political_voice", "Political voice"
    EQUITY = "social_equity", "Social equity"
    GENDER = "gender_equality", "Gender equality"
    HOUSING = "housing", "Housing"
    NETWORKS = "networks", "Networks"
    ENERGY = "energy", "Energy"
    WATER = "water", "Water"
    CLIMATE = "climate_change", "Climate change"
    OCEANS = "ocean_acidification", "Ocean acidification"
    CHEMICALS = "chemical_pollution", "Chemical pollution"
    NUTRIENTS = "nitrogen_and_phosphorus", "Nitrogen and phosphorus loading"
    FRESHWATER = "freshwater_withdrawals", "Freshwater withdrawals"
    LAND = "land_conversion", "Land conversion"
    BIODIVERSITY = "biodiversity_loss", "Biodiversity loss"
    AIR = "air_pollution", "Air pollution"
    OZONE = "ozone_depletion", "Ozone layer depletion"


SOCIAL = tuple(Dimension)[:12]
ECOLOGICAL = tuple(Dimension)[12:]


class Lens(Word):
    """Four lenses of a city portrait: here or in the world, for people or for nature."""

    LOCAL_SOCIAL = "local_social", "Local, social"
    LOCAL_ECOLOGICAL = "local_ecological", "Local, ecological"
    GLOBAL_SOCIAL = "global_social", "Global, social"
    GLOBAL_ECOLOGICAL = "global_ecological", "Global, ecological"


class Unit(Word):
    """Units of indicators."""

    PERCENT = "%", "per cent"
    PERSONS = "persons", "persons"
    HOUSEHOLDS = "households", "households"
    HOMES = "homes", "homes"
    FIRMS = "firms", "firms"
    JOBS = "jobs", "jobs"
    NUMBER = "number", "number"
    PER_THOUSAND = "per_1000", "per 1,000 inhabitants"
    RATIO = "ratio", "ratio"
    CURRENCY = "currency", "in the country's currency"
    YEARS = "years", "years"
    KM = "km", "km"
    PER_KM2 = "per_km2", "per km²"
    KM2 = "km2", "km²"
    TONNES = "t", "tonnes"
    KG = "kg", "kg"
    KWH = "kWh", "kWh"
    M3 = "m3", "m³"
    MICROGRAMS = "ug_m3", "µg/m³"
    INDEX = "index", "index"
    RANK = "rank", "rank"
    DECILE = "decile", "tenth"
